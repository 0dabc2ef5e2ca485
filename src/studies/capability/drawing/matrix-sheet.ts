import type { ScoreKind } from '../../../core/contracts/view';
import { lengthRanges } from '../../../core/contracts/reference';
import type { Sheet, Table } from '../../../report/table';
import { figureSpace } from '../../../report/symbols';
import { mainAbsence, type ColumnGroup, type Matrix, type MatrixCell } from '../summarise/matrix';
import { factsOf } from './facts';
import { theoryMarkOf, theoryMeanings } from './theory-marks';
import { flagMeanings, flagOf, rangeMarkOf, shareMeaning, shareThatSolves } from './flags';
import { firstNotes } from './notes';
import { absenceWords, legendVerdicts, percent, rowName, scoreSentence, verdictMarks } from './wording';

/** A table for each group of columns: a cell is its mark, the share of seeds that solve and its scores, "● 2/3 100 · 100 · 99". */
export const matrixSheet = (matrix: Matrix, score: ScoreKind, groups = matrix.groups): Sheet => ({
  title: `Capability matrix: ${matrix.experiment}`,
  tables: groups.map((group) => tableOfGroup(matrix, group, score)),
  notes: [
    `Each cell: ${scoreSentence(matrix, score)}, in range, near and far.`,
    `${marksSentence(matrix, score)}. Names in brackets are baselines.`,
    ...factsOf(matrix),
    ...firstNotes(matrix),
  ],
});

/** What the marks mean: "● solves, ◕ extends, ...". */
export const marksSentence = (matrix: Matrix, score: ScoreKind): string =>
  [
    ...legendVerdicts.map((verdict) => `${verdictMarks[verdict]} ${verdict}`),
    '– not evaluated',
    ...[...shareMeaning(matrix), ...theoryMeanings(matrix), ...flagMeanings(matrix, score)].map(
      ([flag, meaning]) => `${flag} ${meaning}`,
    ),
  ].join(', ');

function tableOfGroup(matrix: Matrix, { level, columns }: ColumnGroup, score: ScoreKind): Table {
  return {
    heading: level,
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

function cellText(cell: MatrixCell, score: ScoreKind): string {
  const { summary } = cell;
  if (!summary) return absenceWords[mainAbsence(cell)];
  const scores = lengthRanges.map((range) => {
    const value = summary.ranges[range].score;
    return `${(value ? percent(value[score]) : '–').padStart(3, figureSpace)}${rangeMarkOf(cell, range, score)}`;
  });
  const share = shareThatSolves(cell);
  const mark = `${theoryMarkOf(cell)}${verdictMarks[summary.verdict!]}${flagOf(cell)}`;
  return [mark, share, scores.join(' · ')].filter(Boolean).join(' ');
}
