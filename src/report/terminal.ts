import type { Colour } from './colour';

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

const levels = [0, 95, 135, 175, 215, 255];

/** Nearest colour of the 6 x 6 x 6 cube or the grey ramp of 256-colour terminals. */
export function nearestAnsi256(colour: Colour): number {
  const distance = (other: readonly number[]) => other.reduce((sum, channel, at) => sum + (channel - colour[at]!) ** 2, 0);
  const nearest = (channel: number) => levels.reduce((best, level, at) => (Math.abs(level - channel) < Math.abs(levels[best]! - channel) ? at : best), 0);
  const [red, green, blue] = colour.map(nearest) as [number, number, number];
  const grey = Math.max(0, Math.min(23, Math.round((colour.reduce((a, b) => a + b) / 3 - 8) / 10)));
  const greyLevel = 8 + 10 * grey;
  const cube = [levels[red]!, levels[green]!, levels[blue]!];
  return distance([greyLevel, greyLevel, greyLevel]) < distance(cube) ? 232 + grey : 16 + 36 * red + 6 * green + blue;
}

const code = (palette: Palette, layer: 38 | 48, colour: Colour) =>
  palette === 'truecolor' ? `${layer};2;${colour.join(';')}` : `${layer};5;${nearestAnsi256(colour)}`;

/** Text in one colour on another; unchanged without a palette. */
export const paint = (palette: Palette, text: string, foreground: Colour, background: Colour): string =>
  palette === 'none' ? text : `\x1b[${code(palette, 38, foreground)};${code(palette, 48, background)}m${text}\x1b[0m`;

const style = (on: number, off: number) => (palette: Palette, text: string) =>
  palette === 'none' || text === '' ? text : `\x1b[${on}m${text}\x1b[${off}m`;
export const bold = style(1, 22);
export const dim = style(2, 22);

/** Number of columns a text of ours takes: without its escape sequences, every character is one wide. */
// eslint-disable-next-line no-control-regex -- escape sequences are control characters
export const widthOf = (text: string): number => [...text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')].length;
