import { characterWidth, write } from '../../../report/svg';
import { stepOf } from '../../../report/svg-style';
import { flow } from '../../../report/width';
import type { Verdict } from '../summarise/verdict';
import { legendVerdicts } from './wording';

/** How much of a disc each verdict fills. */
const filled: Readonly<Record<Exclude<Verdict, 'diverged'>, number>> = {
  'not learnt': 0,
  'learnt in range': 0.25,
  extends: 0.75,
  solves: 1,
};

export function verdictMark(verdict: Verdict, x: number, y: number): string {
  if (verdict === 'diverged') return `<path class="cross" d="M${x - 4} ${y - 4}l8 8m0-8l-8 8"/>`;
  const radius = 6.5;
  const share = filled[verdict];
  if (share === 1) return `<circle class="pie" cx="${x}" cy="${y}" r="${radius + 0.6}"/>`;
  const ring = `<circle class="ring" cx="${x}" cy="${y}" r="${radius}"/>`;
  if (share === 0) return ring;
  const angle = 2 * Math.PI * share;
  const end = `${(x + radius * Math.sin(angle)).toFixed(2)} ${(y - radius * Math.cos(angle)).toFixed(2)}`;
  return `${ring}<path class="pie" d="M${x} ${y}V${y - radius}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${end}Z"/>`;
}

/** A mark, drawn around a point, and what it means. */
export interface LegendItem {
  readonly text: string;
  draw(x: number, y: number): string;
}

export const verdictItems: readonly LegendItem[] = legendVerdicts.map((verdict) => ({
  text: verdict,
  draw: (x, y) => verdictMark(verdict, x, y),
}));

export const markItem = (mark: string, text: string, kind: string): LegendItem => ({
  text,
  draw: (x, y) => write(x, y + 4.5, `${kind} middle`, mark),
});

const swatch = { width: 18, height: 13 };

/** The colours from 0 to 100. */
export function scaleOf(left: number, top: number): { parts: string[]; right: number } {
  const swatches = Array.from(
    { length: 11 },
    (_, at) =>
      `<rect class="t${stepOf(at / 10)}" x="${left + 12 + at * swatch.width}" y="${top}" width="${swatch.width}" height="${swatch.height}"/>`,
  );
  const right = left + 12 + 11 * swatch.width + 8;
  const numbers = [write(left, top + 11, 'quiet small', '0'), write(right, top + 11, 'quiet small', '100')];
  return { parts: [...swatches, ...numbers], right: right + 50 };
}

/** Marks beside each other from `from`, on as many lines between `left` and `right` as they need. */
export function legendOf(
  items: readonly LegendItem[],
  { left, top, right, from = left }: { left: number; top: number; right: number; from?: number },
): { parts: string[]; bottom: number } {
  const parts: string[] = [];
  let [x, y] = [from, top];
  for (const { draw, text } of items) {
    const needed = 20 + text.length * characterWidth.legend + 14;
    if (x + needed > right + 14) [x, y] = [left, y + 24];
    parts.push(draw(x + 7, y + 6.5), write(x + 20, y + 11, 'small', text));
    x += needed;
  }
  return { parts, bottom: y + 14 };
}

/** Notes on lines that fit. */
export const noteLines = (notes: readonly string[], width: number): string[] =>
  notes.flatMap((note) => flow(note.split(' '), Math.floor(width / characterWidth.note), ' '));
