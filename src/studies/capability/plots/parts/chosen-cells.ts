import type { Figure } from '../../../../core/contracts/figure';
import { mean } from '../../../statistics/summaries';
import type { Matrix } from '../../summarise/matrix';
import { distinct } from './panels';
import { plottedCells, type SetCell } from './plotted-cell';

/** More rows than colours, or more columns than fit a page, show nothing. */
const most = { rows: 8, columns: 6 };

/** Cells that a plot shows, and how its figures tell that there are others. */
export interface Chosen {
  readonly cells: readonly SetCell[];
  readonly told: (figures: readonly Figure[]) => Figure[];
}

/**
 * The trained cells of a matrix (its baselines where it has no others). Of too many rows those of most capability, of too
 * many columns those whose rows differ most in it: whoever wants others says which.
 */
export function chosenCells(matrix: Pick<Matrix, 'cells'>, limits: typeof most = most): Chosen {
  const all = plottedCells(matrix.cells);
  const trained = all.filter(({ isBaseline }) => !isBaseline);
  const shown = trained.length > 0 ? trained : all;
  const [rows, columns] = [distinct(shown.map(({ row }) => row)), distinct(shown.map(({ column }) => column))];
  const values = (of: (cell: SetCell) => boolean) =>
    shown.flatMap((cell) => (of(cell) ? (cell.capability?.value ?? 0) : []));
  const bestColumns = first(columns, limits.columns, (name) => {
    const own = values(({ column }) => column === name);
    return Math.max(...own) - Math.min(...own);
  });
  const bestRows = first(rows, limits.rows, (name) =>
    mean([0, ...values(({ row, column }) => row === name && bestColumns.has(column))]),
  );
  const cells = shown.filter(({ row, column }) => bestRows.has(row) && bestColumns.has(column));
  const notes = [
    ...(bestRows.size < rows.length ? [`the ${bestRows.size} of ${rows.length} rows with most capability`] : []),
    ...(bestColumns.size < columns.length
      ? [`the ${bestColumns.size} of ${columns.length} columns on which rows differ most`]
      : []),
  ];
  const note = notes.length === 0 ? '' : ` Shown are ${notes.join(', and ')}; others are named with --only.`;
  return { cells, told: (figures) => figures.map((figure) => ({ ...figure, caption: figure.caption + note })) };
}

/** The names of greatest value, where there are more than fit. */
function first(names: readonly string[], count: number, valueOf: (name: string) => number): Set<string> {
  if (names.length <= count) return new Set(names);
  const valued = names.map((name) => ({ name, value: valueOf(name) })).sort((a, b) => b.value - a.value);
  return new Set(valued.slice(0, count).map(({ name }) => name));
}
