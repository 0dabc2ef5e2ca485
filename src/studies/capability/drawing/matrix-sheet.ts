import { scoreKindOf, type ShownScore, type ViewOptions } from '../../../core/contracts/view';
import { lengthRanges } from '../../../core/contracts/reference';
import type { Sheet, Table } from '../../../report/table';
import { figureSpace } from '../../../report/symbols';
import { mainAbsence, type ColumnGroup, type Matrix, type MatrixCell } from '../summarise/matrix';
import { factsOf } from './facts';
import { theoryMarkOf, theoryMeanings } from './theory-marks';
import { flagMeanings, flagOf, rangeMarkOf, shareMeaning, shareThatSolves } from './flags';
import { firstNotes } from './notes';
import { shownScore } from './shown-score';
import { absenceWords, legendVerdicts, percent, rowName, scoreSentence, verdictMarks } from './wording';

/** A table for each group of columns: a cell is its mark, the share of seeds that solve and its scores, "● 2/3 100 · 100 · 99". */
export const matrixSheet = (
  matrix: Matrix,
  { score, title }: Pick<ViewOptions, 'score' | 'title'>,
  groups = matrix.groups,
): Sheet => ({
  title: title ?? `Capability matrix: ${matrix.experiment}`,
  tables: groups.map((group) => tableOfGroup(matrix, group, score)),
  notes: [
    `Each cell: ${scoreSentence(matrix, score)}, in range, near and far.`,
    `${marksSentence(matrix, score)}. Names in brackets are baselines.`,
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

function tableOfGroup(matrix: Matrix, { heading, columns }: ColumnGroup, score: ShownScore): Table {
  return {
    heading,
    columns: [
      { title: 'architecture', align: 'left' },
      ...columns.map(({ id }) => ({ title: id, align: 'center' as const })),
    ],
    rows: matrix.rows.map((row) => [
      rowName(row),
      ...columns.map((column) => cellText(matrix.cell(row.id, column.id), score)),
    ]),
  };
}

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
