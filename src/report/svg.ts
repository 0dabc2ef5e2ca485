import { printable } from './printable';
import { styleSheet } from './svg-style';
import { widthOf } from './width';

/** Widths of average characters: texts are laid out without measuring, fonts differ by a few percent. */
export const characterWidth = { name: 8.3, number: 7.7, level: 6.9, legend: 6.6, note: 6.4 };

/** A text inside markup or an attribute. */
export const escaped = (text: string): string =>
  printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Text whose baseline begins at a point; `kind` are classes of the style sheet. */
export const write = (x: number, y: number, kind: string, text: string): string =>
  `<text x="${x}" y="${y}" class="${kind}">${escaped(text)}</text>`;

/** Widths of characters in sizes of the font, of the narrower ones that the style sheet names, in bold. */
function widthInEm(character: string): number {
  if (/[ijl.,:;|!']/.test(character)) return 0.3;
  if (/[frt()[\]{}\-]/.test(character)) return 0.4;
  if (/[mwMW@%]/.test(character)) return 0.9;
  if (/[A-Z]/.test(character)) return 0.7;
  return widthOf(character) === 2 ? 1.05 : 0.6;
}

/** Pixels that a text takes about; other fonts are up to a quarter wider (Verdana, DejaVu Sans). */
export const estimatedWidth = (text: string, fontSize: number): number =>
  fontSize * [...text].reduce((sum, character) => sum + widthInEm(character), 0);
const widest = 1.25;

/** Pixels that a text takes at most, in any of these fonts. */
export const mostWidth = (text: string, fontSize: number): number => estimatedWidth(text, fontSize) * widest;

/** A text that never takes more than `room` pixels, whatever the font: where it could, its letters are set closer. */
export function writeWithin({ x, y, kind, room, fontSize = 14, turn }: TextPlace, text: string): string {
  const needed = estimatedWidth(text, fontSize);
  const length =
    needed * widest > room ? ` textLength="${Math.min(room, needed).toFixed(1)}" lengthAdjust="spacingAndGlyphs"` : '';
  const turned = turn === undefined ? '' : ` transform="rotate(${turn} ${x} ${y})"`;
  return `<text x="${x}" y="${y}" class="${kind}"${length}${turned}>${escaped(text)}</text>`;
}

/** Where a text begins, and how much room it has. */
interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly kind: string;
  readonly room: number;
  readonly fontSize?: number;
  /** Degrees, clockwise. */
  readonly turn?: number;
}

/** A level rule. */
export const rule = (from: number, to: number, y: number): string =>
  `<line class="rule" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`;

export interface SvgPage {
  readonly title: string;
  /** For readers who hear the picture. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** Rules beside those that all pictures share. */
  readonly style?: string;
  readonly parts: readonly string[];
}

/** A picture of its own: no scripts, no fonts or files from elsewhere, light and dark. */
export const svgPage = ({ title, description, width, height, style, parts }: SvgPage): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>\n${[styleSheet, style].filter(Boolean).join('\n')}\n</style>`,
    `<rect class="page" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
