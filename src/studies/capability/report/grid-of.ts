import type { ShownScore } from '../../../core/contracts/view';
import { lengthRanges, type LengthRange } from '../../../core/contracts/reference';
import { factsOf } from '../drawing/facts';
import { flagMeanings, flagOf, rangeMarkOf } from '../drawing/flags';
import { notesOf, submissionNotes } from '../drawing/notes';
import { theoryMarkOf, theoryMeanings } from '../drawing/theory-marks';
import { capability } from '../summarise/capability';
import { columnsOf, mainAbsence, type Matrix, type MatrixCell } from '../summarise/matrix';
import {
  absencesInOrder,
  verdictsInOrder,
  type CellsData,
  type GridData,
  type RowData,
  type Thousandths,
  type Triple,
} from './grid-data';
import { thousandthsOrNull } from './thousandths';

/** How a grid is told besides its matrix. */
export interface GridContext {
  /** As `GridData.folder`. */
  readonly folder?: string;
  /** Families of rows, where units tell them. */
  readonly familyOf?: (row: string) => string | undefined;
  readonly protocols: readonly object[];
}

/** More would hide the matrix. */
const mostNotes = 400;

/** The part of a matrix that the page of a report shows at once. */
export function gridOf(matrix: Matrix, { folder = '', familyOf, protocols }: GridContext): GridData {
  const columns = columnsOf(matrix);
  return {
    experiment: matrix.experiment,
    folder,
    rows: matrix.rows.map((row): RowData => {
      const sizes = columns.flatMap(({ id }) => matrix.cell(row.id, id).summary?.cost?.parameters ?? []);
      return {
        id: row.id,
        title: row.title,
        kind: row.kind,
        usesSolver: row.usesSolver ?? false,
        family: familyOf?.(row.id) ?? row.id,
        parameters: sizes.length > 0 ? [Math.min(...sizes), Math.max(...sizes)] : null,
        ...(row.submission && { submitted: submissionNotes([row.submission])[0] }),
      };
    }),
    columns: columns.map(({ id, title, level }) => {
      const { lengths } = matrix.facts.get(id)!;
      return { id, title, level, lengths: triple((range) => lengths[range]) };
    }),
    cells: cellsOf(matrix.rows.flatMap(({ id }) => columns.map((column) => matrix.cell(id, column.id)))),
    seeds: matrix.seeds,
    facts: factsOf(matrix),
    notes: [...submissionNotes(matrix.rows.flatMap(({ submission }) => submission ?? [])), ...notesOf(matrix)].slice(
      0,
      mostNotes,
    ),
    legend: { theory: theoryMeanings(matrix), flags: flagMeanings(matrix, 'exact') },
    protocols,
    trained: matrix.cells.filter(({ row, summary }) => row.kind === 'architecture' && summary).length,
  };
}

export const triple = <T>(of: (range: LengthRange) => T): Triple<T> => lengthRanges.map(of) as unknown as Triple<T>;

function cellsOf(cells: readonly MatrixCell[]): CellsData {
  const scores = (of: (cell: MatrixCell, range: LengthRange) => number | null | undefined) =>
    triple((range): readonly Thousandths[] => cells.map((cell) => thousandthsOrNull(of(cell, range))));
  const kinds: Readonly<Record<ShownScore, CellsData['scores'][ShownScore]>> = {
    scaled: scores(({ summary }, range) => summary?.ranges[range].scaled.exact),
    exact: scores(({ summary }, range) => summary?.ranges[range].score?.exact),
    token: scores(({ summary }, range) => summary?.ranges[range].score?.token),
  };
  return {
    verdict: cells.map(({ summary }) => (summary ? verdictsInOrder.indexOf(summary.verdict!) : -1)),
    absence: cells.map((cell) => (cell.summary ? -1 : absencesInOrder.indexOf(mainAbsence(cell)))),
    theory: cells.map((cell) => theoryMarkOf(cell) || ' ').join(''),
    flags: cells.map((cell) => flagOf(cell) || ' ').join(''),
    rangeMarks: cells.map((cell) => triple((range) => rangeMarkOf(cell, range, 'exact') || ' ').join('')).join(''),
    solved: cells.map(({ summary }) => summary?.solved.count ?? 0),
    seeds: cells.map(({ summary }) => summary?.seeds.length ?? 0),
    capability: cells.map(({ summary }) => thousandthsOrNull(summary && capability(summary)?.value)),
    scores: kinds,
  };
}
