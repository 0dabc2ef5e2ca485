import type { LegendItem } from './svg-legend';
import type { TheoryMark } from './theory-marks';

/** Strokes around the origin; they are told apart without colour. */
const strokes: Readonly<Record<Exclude<TheoryMark, '▲'>, string>> = {
  '✓': 'M-4 .5l2.8 3.2 5.2-7.2',
  '≠': 'M-4-2h8M-4 2h8M2.4-5l-4.8 10',
  '◇': 'M0-5l4.4 5-4.4 5-4.4-5z',
  '≈': 'M-4.5-1c1.5-2.4 3-2.4 4.5-.8s3 1.6 4.5-.8M-4.5 3c1.5-2.4 3-2.4 4.5-.8s3 1.6 4.5-.8',
};

/** Drawn, not written: fonts may lack the signs. */
export function theoryMark(mark: TheoryMark | '', x: number, y: number): string {
  if (mark === '') return '';
  const moved = `transform="translate(${x} ${y})"`;
  if (mark === '▲') return `<path class="loud" ${moved} d="M0-7l7 12.5h-14z"/>`;
  return `<path class="sign" ${moved} d="${strokes[mark]}"/>`;
}

export const theoryItems = (meanings: readonly (readonly [TheoryMark, string])[]): LegendItem[] =>
  meanings.map(([mark, text]) => ({ text, draw: (x, y) => theoryMark(mark, x, y) }));
