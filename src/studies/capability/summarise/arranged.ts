import { chomskyLevels } from '../../../core/contracts/chomsky-level';
import type { ManifestColumn, ManifestRow } from '../../../core/contracts/manifest';
import type { Arrangement, ColumnGrouping } from '../../../core/contracts/study';
import { zooError } from '../../../core/errors';
import { nearestNames } from '../../../core/nearest';
import { familyOfName } from '../../../core/names';
import { mean } from '../../statistics/summaries';
import { capability } from './capability';
import { columnsOf, type ColumnGroup, type Matrix, type MatrixCell } from './matrix';

/** What a row or a column has in common with its variants; a swept setting makes no other family. */
export const familyOf = ({ id, family }: Pick<ManifestColumn, 'id' | 'family'>): string => family ?? familyOfName(id);

/**
 * The same matrix with its rows and columns in another order. Baselines stay below the rows that are trained.
 * @throws usage where `sort` is no order of rows and no column
 */
export function arranged(matrix: Matrix, { sort, group }: Arrangement): Matrix {
  const rows = sort === undefined ? matrix.rows : sortedRows(matrix, sort);
  const groups = group === undefined ? matrix.groups : grouped(columnsOf(matrix), group);
  const columns = groups.flatMap((each) => each.columns);
  const cells = rows.flatMap((row) => columns.map((column) => matrix.cell(row.id, column.id)));
  return { ...matrix, rows, groups, cells };
}

function sortedRows(matrix: Matrix, sort: string): ManifestRow[] {
  const compare = orderOf(matrix, sort);
  const kinds = [...new Set(matrix.rows.map(kindOf))];
  return [...matrix.rows].sort((a, b) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)) || compare(a, b));
}

/** Trained, guessing, or knowing. */
const kindOf = ({ kind, usesSolver }: ManifestRow): string => `${kind} ${usesSolver ?? false}`;

type Order = (a: ManifestRow, b: ManifestRow) => number;

const orders: Readonly<Record<string, (matrix: Matrix) => Order>> = {
  capability: (matrix) => byReached(matrix, columnsOf(matrix)),
  name: () => (a, b) => alphabetical(a.id, b.id),
  family: () => (a, b) => alphabetical(familyOf(a), familyOf(b)),
};

function orderOf(matrix: Matrix, sort: string): Order {
  if (Object.hasOwn(orders, sort)) return orders[sort]!(matrix);
  const columns = columnsOf(matrix);
  const column = columns.find(({ id }) => id === sort);
  if (column) return byReached(matrix, [column]);
  const known = Object.keys(orders);
  const problem = `--sort: there is no column "${sort}", and rows are sorted by ${known.join(', ')}, or a column.`;
  const nearest = nearestNames(sort, [...known, ...columns.map(({ id }) => id)]);
  throw zooError('usage', { problem, nearest, command: 'zoo matrix' });
}

const alphabetical = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Best first by capability, then by exact match; rows without scores last. */
function byReached(matrix: Matrix, columns: readonly ManifestColumn[]): Order {
  const reached = new Map(
    matrix.rows.map(({ id }): [string, readonly [number, number]] => {
      const cells = columns.map((column) => matrix.cell(id, column.id));
      return [id, [over(cells, capabilityOf), over(cells, exactOf)]];
    }),
  );
  return (a, b) => {
    const [one, other] = [reached.get(a.id)!, reached.get(b.id)!];
    return other[0] - one[0] || other[1] - one[1];
  };
}

const over = (cells: readonly MatrixCell[], of: (cell: MatrixCell) => readonly number[]): number => {
  const values = cells.flatMap(of);
  return values.length > 0 ? mean(values) : -1;
};
const capabilityOf = ({ summary }: MatrixCell): number[] => {
  const value = summary && capability(summary)?.value;
  return typeof value === 'number' ? [value] : [];
};
const exactOf = ({ summary }: MatrixCell): number[] =>
  summary ? Object.values(summary.ranges).flatMap(({ score }) => score?.exact ?? []) : [];

/** Columns under headings, in the order in which levels follow each other, or families first occur. */
export function grouped(columns: readonly ManifestColumn[], group: ColumnGrouping): ColumnGroup[] {
  if (group === 'task')
    return [{ heading: 'all tasks', columns: [...columns].sort((a, b) => alphabetical(a.id, b.id)) }];
  const headingOf = group === 'family' ? familyOf : ({ level }: ManifestColumn) => level;
  const found = [...new Set(columns.map(headingOf))];
  const known: string[] = group === 'level' ? chomskyLevels.filter((level) => found.includes(level)) : [];
  const others = found.filter((heading) => !known.includes(heading));
  return [...known, ...others].map((heading) => ({
    heading,
    columns: columns.filter((column) => headingOf(column) === heading),
  }));
}
