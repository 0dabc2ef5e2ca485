import { percentileInterval, replicates } from '../../statistics/bootstrap';
import type { Interval } from '../../statistics/wilson';
import { capability } from './capability';
import { columnsOf, type Matrix, type MatrixCell } from './matrix';
import { resampledCapability } from './resampled';

/** A cell with its capability and what that could have been. */
export interface Ranked {
  readonly cell: MatrixCell;
  readonly capability: number | null;
  readonly resampled: Float64Array | null;
}

/** The means of a row over the columns that are compared. */
export interface Means {
  readonly value: number;
  readonly resampled: Float64Array;
}

/** Null where the row lacks one of the columns, or there is none. */
export function meanOf(own: ReadonlyMap<string, Ranked>, weights: ReadonlyMap<string, number>): Means | null {
  if (weights.size === 0) return null;
  let value = 0;
  const resampled = new Float64Array(replicates);
  for (const [column, weight] of weights) {
    const ranked = own.get(column);
    if (!ranked?.resampled || ranked.capability === null) return null;
    value += weight * ranked.capability;
    for (let at = 0; at < replicates; at++) resampled[at]! += weight * ranked.resampled[at]!;
  }
  return { value, resampled };
}

/** 95 %, by the bootstrap. */
export const intervalOf = ({ value, resampled }: Means): Interval => percentileInterval(resampled, value);

/** Of each row, by its id, its cells by column. */
export type RankedCells = ReadonlyMap<string, ReadonlyMap<string, Ranked>>;

export function rankedCells(matrix: Matrix): RankedCells {
  const columns = columnsOf(matrix);
  return new Map(
    matrix.rows.map((row) => [
      row.id,
      new Map(columns.map((column) => [column.id, rankedCell(matrix.cell(row.id, column.id))])),
    ]),
  );
}

function rankedCell(cell: MatrixCell): Ranked {
  const { row, column, summary } = cell;
  if (!summary) return { cell, capability: null, resampled: null };
  const resampled = resampledCapability({ name: `${row.id}/${column.id}`, summary });
  return { cell, capability: capability(summary)?.value ?? null, resampled };
}

/** Mean of several, which count the same. */
export function meanOfMeans(all: readonly Means[]): Means | null {
  if (all.length === 0) return null;
  const resampled = new Float64Array(replicates);
  for (const means of all) means.resampled.forEach((value, at) => (resampled[at]! += value / all.length));
  return { value: all.reduce((sum, { value }) => sum + value / all.length, 0), resampled };
}
