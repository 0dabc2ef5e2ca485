import type { Palette } from '../../core/contracts/view';
import type { Series } from '../../core/contracts/figure';

/** A colour for each series, apart for colour-blind eyes and at least 3:1 against its page (WCAG 2.2). */
interface Hue {
  readonly light: string;
  readonly dark: string;
  /** The same on terminals of 256 colours. */
  readonly ansi256: { readonly light: number; readonly dark: number };
}

export const hues: readonly Hue[] = [
  { light: '#1f5fa8', dark: '#6cb2f5', ansi256: { light: 25, dark: 75 } },
  { light: '#c8590a', dark: '#f5a04c', ansi256: { light: 166, dark: 215 } },
  { light: '#0b8a72', dark: '#4fd0b0', ansi256: { light: 29, dark: 79 } },
  { light: '#c05a9e', dark: '#ec8cc6', ansi256: { light: 133, dark: 212 } },
  { light: '#7a6a00', dark: '#dccb4a', ansi256: { light: 100, dark: 185 } },
  { light: '#5b4fc4', dark: '#a9a2ff', ansi256: { light: 62, dark: 147 } },
  { light: '#5f6b7a', dark: '#a3afbf', ansi256: { light: 242, dark: 145 } },
  { light: '#8c3b1e', dark: '#d98f78', ansi256: { light: 88, dark: 174 } },
];

/** What tells series apart without colour, as text: in Unicode and in ASCII. */
const signs = [
  ['●', 'o'],
  ['▲', '^'],
  ['■', '#'],
  ['◆', '*'],
  ['○', 'x'],
  ['△', '+'],
  ['□', '@'],
  ['◇', '%'],
] as const;

/** Sign of the series at a place; more series than signs are lettered. */
export function signOf(at: number, palette: Palette): string {
  const sign = signs[at];
  if (sign) return sign[palette === 'none' ? 1 : 0];
  return String.fromCharCode('a'.charCodeAt(0) + ((at - signs.length) % 26));
}

/** A text in the colour of the series at a place. */
export function inHue(palette: Palette, text: string, at: number): string {
  if (palette === 'none' || text === '') return text;
  const hue = hues[at % hues.length]!;
  const theme = palette.endsWith('on-light') ? 'light' : 'dark';
  if (palette.startsWith('ansi256')) return `\x1b[38;5;${hue.ansi256[theme]}m${text}\x1b[0m`;
  const channels = [1, 3, 5].map((from) => parseInt(hue[theme].slice(from, from + 2), 16));
  return `\x1b[38;2;${channels.join(';')}m${text}\x1b[0m`;
}

/** Names of the series of all panels, in the order in which they first come: one name looks the same in each. */
export const namesOf = (panels: readonly { readonly series: readonly Series[] }[]): string[] => [
  ...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name))),
];
