import { scoreKindOf, type ShownScore, type ViewOptions } from '../../../core/contracts/view';
import { lengthRanges } from '../../../core/contracts/reference';
import type { Sheet, Table } from '../../../report/table';
import { figureSpace } from '../../../report/symbols';
import { mainAbsence, type ColumnGroup, type Matrix, type MatrixCell } from '../summarise/matrix';
import { factsOf } from './facts';
import { theoryMarkOf, theoryMeanings } from './theory-marks';
import { flagMeanings, flagOf, rangeMarkOf, shareMeaning, shareThatSolves } from './flags';
import { firstNotes, protocolNotes } from './notes';
import { shownScore } from './shown-score';
import { absenceWords, legendVerdicts, percent, rowName, scoreSentence, verdictMarks } from './wording';

/** A table for each group of columns: a cell is its mark, the share of seeds that solve and its scores, "● 2/3 100 · 100 · 99". */
export const matrixSheet = (
  matrix: Matrix,
  { score, title, isCompact = false }: Pick<ViewOptions, 'score' | 'title' | 'isCompact'>,
  groups = matrix.groups,
): Sheet => ({
  title: title ?? `Capability matrix: ${matrix.experiment}`,
  tables: groups.map((group) =>
    tableOfGroup(matrix, group, isCompact ? verdictAlone : (cell) => cellText(cell, score)),
  ),
  notes: [
    `Each cell: ${scoreSentence(matrix, score)}, in range, near and far.`,
    `${marksSentence(matrix, score)}. Names in brackets are baselines.`,
    ...protocolNotes(matrix),
    ...factsOf(matrix),
    ...firstNotes(matrix),
  ],
});

/** What the marks mean: "● solves, ◕ extends, ...". */
export const marksSentence = (matrix: Matrix, score: ShownScore): string =>
  [
    ...legendVerdicts.map((verdict) => `${verdictMarks[verdict]} ${verdict}`),
    '– not evaluated',
    ...[...shareMeaning(matrix), ...theoryMeanings(matrix), ...flagMeanings(matrix, scoreKindOf(score))].map(
      ([flag, meaning]) => `${flag} ${meaning}`,
    ),
  ].join(', ');

function tableOfGroup(matrix: Matrix, { heading, columns }: ColumnGroup, textOf: (cell: MatrixCell) => string): Table {
  return {
    heading,
    columns: [
      { title: 'architecture', align: 'left' },
      ...columns.map(({ id }) => ({ title: id, align: 'center' as const })),
    ],
    rows: matrix.rows.map((row) => [rowName(row), ...columns.map((column) => textOf(matrix.cell(row.id, column.id)))]),
  };
}

/** "●", or the word of an absence. */
const verdictAlone = (cell: MatrixCell): string =>
  cell.summary ? `${verdictMarks[cell.summary.verdict!]}${flagOf(cell)}` : absenceWords[mainAbsence(cell)];

function cellText(cell: MatrixCell, score: ShownScore): string {
  const { summary } = cell;
  if (!summary) return absenceWords[mainAbsence(cell)];
  const scores = lengthRanges.map((range) => {
    const value = shownScore(summary.ranges[range], score);
    return `${(value === null ? '–' : percent(value)).padStart(3, figureSpace)}${rangeMarkOf(cell, range, scoreKindOf(score))}`;
  });
  const share = shareThatSolves(cell);
  const mark = `${theoryMarkOf(cell)}${verdictMarks[summary.verdict!]}${flagOf(cell)}`;
  return [mark, share, scores.join(' · ')].filter(Boolean).join(' ');
}
