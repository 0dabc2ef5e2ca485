import type { ManifestColumn } from '../../../core/contracts/manifest';
import type { TaskWeight } from '../../../core/contracts/view';
import { percentileInterval, replicates } from '../../statistics/bootstrap';
import { lowerMedian } from '../../statistics/summaries';
import type { Interval } from '../../statistics/wilson';
import type { CellSummary } from './cell-summary';
import type { CellCost } from './cost';
import type { MatrixCell, MatrixRow } from './matrix';
import type { Rank } from './ranks';
import { weightsOf } from './task-weights';
import type { Verdict } from './verdict';

/** An architecture or a baseline on all tasks. */
export interface OverallEntry extends Rank {
  readonly architecture: string;
  readonly kind: MatrixRow['kind'];
  /** Behind the name of a row that was not trained as the others. */
  readonly mark?: string;
  /** Columns with scores. */
  readonly tasks: number;
  /** Fewest seeds of any task. */
  readonly seeds: number;
  readonly verdicts: Readonly<Record<'solves' | 'extends' | 'learnt in range', number>>;
  /**
   * Runs (task and seed) that solve their task. They are no draws of one share, tasks differ, so no interval is made of
   * them: each task has its own.
   */
  readonly solvedRuns: { readonly runs: number; readonly of: number };
  /** Mean over the compared columns; null where the row has not all of them. */
  readonly capability: number | null;
  /** What seeds and test sequences leave open of it, 95 %. */
  readonly capabilityInterval: Interval | null;
  /** The same mean over the compared columns of each level. */
  readonly levels: readonly { readonly level: string; readonly capability: number | null }[];
  /** Medians over its cells; null where nothing was trained. */
  readonly cost: CellCost | null;
}

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

export function overallEntry(
  row: MatrixRow,
  own: ReadonlyMap<string, Ranked>,
  { means, compared, by }: { means: Means | null; compared: readonly ManifestColumn[]; by: TaskWeight },
): Omit<OverallEntry, keyof Rank> {
  const summaries = [...own.values()].flatMap(({ cell }) => cell.summary ?? []);
  const count = (verdict: Verdict) => summaries.filter((summary) => summary.verdict === verdict).length;
  const total = (of: (summary: CellSummary) => number) => summaries.map(of).reduce((a, b) => a + b, 0);
  const levels = [...new Set(compared.map(({ level }) => level))];
  return {
    architecture: row.id,
    kind: row.kind,
    ...(row.mark !== undefined && { mark: row.mark }),
    tasks: summaries.length,
    seeds: summaries.length > 0 ? Math.min(...summaries.map((summary) => summary.seeds.length)) : 0,
    verdicts: { solves: count('solves'), extends: count('extends'), 'learnt in range': count('learnt in range') },
    solvedRuns: { runs: total(({ solved }) => solved.count), of: total(({ seeds }) => seeds.length) },
    capability: means?.value ?? null,
    capabilityInterval: means && percentileInterval(means.resampled, means.value),
    levels: levels.map((level) => {
      const columns = compared.filter((column) => column.level === level);
      return { level, capability: weightedMean(own, weightsOf(columns, by)) };
    }),
    cost: costOver(summaries.flatMap(({ cost }) => cost ?? [])),
  };
}

function weightedMean(own: ReadonlyMap<string, Ranked>, weights: ReadonlyMap<string, number>): number | null {
  const parts = [...weights].map(([column, weight]) => {
    const value = own.get(column)?.capability ?? null;
    return value === null ? null : weight * value;
  });
  return parts.some((part) => part === null) ? null : parts.reduce<number>((sum, part) => sum + part!, 0);
}

/** Of each quantity the median over the cells in which it is known. */
function costOver(costs: readonly CellCost[]): CellCost | null {
  if (costs.length === 0) return null;
  const over = (of: (cost: CellCost) => number | null): number | null => {
    const values = costs.flatMap((cost) => of(cost) ?? []);
    return values.length === 0 ? null : lowerMedian(values);
  };
  return {
    parameters: over(({ parameters }) => parameters)!,
    state: over(({ state }) => state),
    flops: over(({ flops }) => flops),
    tokensPerAnswer: over(({ tokensPerAnswer }) => tokensPerAnswer),
    steps: over(({ steps }) => steps)!,
    sequences: over(({ sequences }) => sequences)!,
    trainingSeconds: over(({ trainingSeconds }) => trainingSeconds)!,
  };
}
