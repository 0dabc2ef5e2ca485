import { createColors } from 'picocolors';
import type { Palette } from '../core/contracts/view';
import { colourAt, contrast, scales, textOn, type Colour } from './colour';

type Background = 'onDark' | 'onLight';

/** The scales on terminals of 256 colours: hand-picked, since nearest colours wander in hue. */
const ansi256Scales: Readonly<Record<Background, readonly number[]>> = {
  onDark: [235, 237, 23, 24, 30, 31, 37, 73, 79, 115, 157],
  onLight: [255, 254, 253, 153, 117, 110, 74, 68, 32, 25, 18],
};
/** Nothing is drawn behind scores below it on a terminal that may be light after all: failure recedes on either. */
const faintest = 0.05;

/** What a number of the cube (16-231) or the grey ramp (232-255) looks like. */
export function ansi256Colour(code: number): Colour {
  if (code >= 232) return [8 + 10 * (code - 232), 8 + 10 * (code - 232), 8 + 10 * (code - 232)];
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const at = code - 16;
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)];
}

/** Number of the colour of a value in 0..1. */
export function ansi256At(value: number, background: Background = 'onDark'): number {
  const scale = ansi256Scales[background];
  return scale[Math.round(Math.min(1, Math.max(0, value)) * (scale.length - 1))]!;
}

/** Text on the colour of a value in 0..1; unchanged without a palette. */
export function heat(palette: Palette, text: string, value: number): string {
  if (palette === 'none') return text;
  const on: Background = palette.endsWith('on-light') ? 'onLight' : 'onDark';
  if (on === 'onDark' && value < faintest) return dim(palette, text);
  if (palette.startsWith('truecolor')) {
    const background = colourAt(scales[on], value);
    return `\x1b[38;2;${textOn(background).join(';')};48;2;${background.join(';')}m${text}\x1b[0m`;
  }
  const background = ansi256At(value, on);
  const isDark = contrast(ansi256Colour(background), white) > contrast(ansi256Colour(background), black);
  return `\x1b[38;5;${isDark ? 231 : 16};48;5;${background}m${text}\x1b[0m`;
}

const [black, white] = [ansi256Colour(16), ansi256Colour(231)];

const colors = createColors(true);
const style = (of: (text: string) => string) => (palette: Palette, text: string) =>
  palette === 'none' || text === '' ? text : of(text);
export const bold = style(colors.bold);
export const dim = style(colors.dim);
