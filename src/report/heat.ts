import { createColors } from 'picocolors';
import type { Palette } from '../core/contracts/view';
import { colourAt, contrast, scales, textOn, type Colour } from './colour';

/** The dark scale on terminals of 256 colours: hand-picked, since nearest colours wander in hue. */
const ansi256Scale = [235, 237, 23, 24, 30, 31, 37, 73, 79, 115, 157] as const;

/** What a number of the cube (16-231) or the grey ramp (232-255) looks like. */
export function ansi256Colour(code: number): Colour {
  if (code >= 232) return [8 + 10 * (code - 232), 8 + 10 * (code - 232), 8 + 10 * (code - 232)];
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const at = code - 16;
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)];
}

/** Number of the colour of a value in 0..1. */
export const ansi256At = (value: number): number =>
  ansi256Scale[Math.round(Math.min(1, Math.max(0, value)) * (ansi256Scale.length - 1))]!;

/** Text on the colour of a value in 0..1; unchanged without a palette. */
export function heat(palette: Palette, text: string, value: number): string {
  if (palette === 'none') return text;
  if (palette === 'truecolor') {
    const background = colourAt(scales.onDark, value);
    return `\x1b[38;2;${textOn(background).join(';')};48;2;${background.join(';')}m${text}\x1b[0m`;
  }
  const background = ansi256At(value);
  const isDark = contrast(ansi256Colour(background), white) > contrast(ansi256Colour(background), black);
  return `\x1b[38;5;${isDark ? 231 : 16};48;5;${background}m${text}\x1b[0m`;
}

const [black, white] = [ansi256Colour(16), ansi256Colour(231)];

const colors = createColors(true);
const style = (of: (text: string) => string) => (palette: Palette, text: string) =>
  palette === 'none' || text === '' ? text : of(text);
export const bold = style(colors.bold);
export const dim = style(colors.dim);
