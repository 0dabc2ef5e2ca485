import { colourAt, contrast, scales, textOn, type Colour } from './colour';

/** How much colour a text view may use; `none` also means ASCII only. */
export type Palette = 'none' | 'ansi256' | 'truecolor';

interface Terminal {
  readonly isTTY?: boolean;
  getColorDepth?(env?: object): number;
}

/**
 * What a stream can show: `NO_COLOR` and pipes get plain text, `FORCE_COLOR` wins over both; for the rest Node.js knows
 * the terminals.
 */
export function paletteOf(stream: Terminal, env: Readonly<Record<string, string | undefined>>): Palette {
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return env.FORCE_COLOR === '2' ? 'ansi256' : 'truecolor';
  if (env.NO_COLOR || !stream.isTTY) return 'none';
  const depth = stream.getColorDepth?.(env) ?? 1;
  return depth >= 24 ? 'truecolor' : depth >= 8 ? 'ansi256' : 'none';
}

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

const style = (on: number, off: number) => (palette: Palette, text: string) =>
  palette === 'none' || text === '' ? text : `\x1b[${on}m${text}\x1b[${off}m`;
export const bold = style(1, 22);
export const dim = style(2, 22);

/** Number of columns a text of ours takes: without its escape sequences, every character is one wide. */
export const widthOf = (text: string): number => [...text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')].length;

/** Cuts a text to `width` columns; escape sequences stay, so that every style that begins also ends. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let left = width - 1;
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]|./gsu, (piece) => {
    if (piece.startsWith('\x1b')) return piece;
    left--;
    return left >= 0 ? piece : left === -1 ? '…' : '';
  });
}
