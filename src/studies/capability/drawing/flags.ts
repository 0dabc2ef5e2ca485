import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { ScoreKind } from '../../../core/contracts/view';
import { rangesBelow, type Matrix, type MatrixCell } from '../summarise/matrix';
import { isFigure } from '../summarise/statement';

/** What a reader must not overlook about a cell with scores, gravest first. */
const flags = {
  '!': 'not as published',
  '~': 'some seeds not run',
  '?': 'borderline: noise leaves another verdict open',
  '-': 'stopped as futile: nothing more was learnt for a while',
} as const;
export type Flag = keyof typeof flags | '';

export function flagOf({ row, summary, expectedSeeds }: MatrixCell): Flag {
  if (!summary) return '';
  if (summary.statements.some((each) => isFigure(each) && each.agreement === 'disagrees')) return '!';
  if (summary.seeds.length < expectedSeeds) return '~';
  if (row.kind === 'architecture' && summary.isBorderline) return '?';
  return summary.futile > 0 ? '-' : '';
}

/** What a reader must not overlook about a score. */
const rangeMarks = {
  '<': 'below guessing by more than noise',
  '=': 'says nothing, a baseline reaches all that can be reached',
} as const;
export type RangeMark = keyof typeof rangeMarks | '';

/** Marks are of exact match, or of token accuracy where that is shown. */
export function rangeMarkOf(cell: MatrixCell, range: LengthRange, kind: ScoreKind): RangeMark {
  if (cell.row.kind === 'baseline' || !cell.summary) return '';
  if (rangesBelow(cell, kind).includes(range)) return '<';
  const { score, baseline, hasScale } = cell.summary.ranges[range];
  return score && baseline && !hasScale ? '=' : '';
}

/** What the flags and marks of a matrix mean, as far as they occur. */
export function flagMeanings(matrix: Matrix, kind: ScoreKind): [string, string][] {
  const seen = new Set<string>(matrix.cells.map(flagOf));
  for (const cell of matrix.cells) for (const range of lengthRanges) seen.add(rangeMarkOf(cell, range, kind));
  return Object.entries({ ...flags, ...rangeMarks }).filter(([mark]) => seen.has(mark));
}

/** What a share beside a verdict means, with one that occurs as the example; empty where none does. */
export function shareMeaning({ cells }: Matrix): [string, string][] {
  const share = cells.map(shareThatSolves).find(Boolean);
  return share ? [[share, 'seeds that solve']] : [];
}

/** "2/8": two of eight seeds solve; empty where there are no several, or none solves. */
export const shareThatSolves = ({ summary }: MatrixCell): string =>
  summary && summary.seeds.length > 1 && summary.solved.count > 0
    ? `${summary.solved.count}/${summary.seeds.length}`
    : '';
