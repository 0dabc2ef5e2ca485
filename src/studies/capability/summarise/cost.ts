import type { Manifest, ManifestColumn, ManifestCost, ManifestRow } from '../../../core/contracts/manifest';
import { printable } from '../../../report/printable';
import { lowerMedian } from '../../statistics/summaries';
import type { SeedSummary } from './seed-summary';

/** What a row takes on a column, and what was spent on it: medians over seeds. Null where it is not known. */
export interface CellCost {
  /** Numbers that are trained. */
  readonly parameters: number;
  /** See `ManifestCost`. */
  readonly state: number | null;
  readonly flops: number | null;
  readonly tokensPerAnswer: number | null;
  readonly steps: number;
  /** Sequences that training saw. */
  readonly sequences: number;
  readonly trainingSeconds: number;
  /** Steps of the search that chose its settings, and seconds: once for all seeds. Absent where there is none. */
  readonly searchSteps?: number;
  readonly searchSeconds?: number;
}

type Spent = Pick<SeedSummary, 'parameterCount' | 'steps' | 'sequences' | 'trainingSeconds' | 'search'>;

/** Null for baselines, which are not trained. */
export function costOf(seeds: readonly Spent[], known?: ManifestCost): CellCost | null {
  const over = (of: (seed: Spent) => number | null): number | null => {
    const values = seeds.flatMap((seed) => of(seed) ?? []);
    return values.length === 0 ? null : lowerMedian(values);
  };
  const [parameters, steps, sequences] = [
    over(({ parameterCount }) => parameterCount),
    over((seed) => seed.steps),
    over((seed) => seed.sequences),
  ];
  if (parameters === null || steps === null || sequences === null) return null;
  const search = seeds.find((seed) => seed.search)?.search;
  return {
    parameters,
    state: known?.state ?? null,
    flops: known?.flops ?? null,
    tokensPerAnswer: known?.tokensPerAnswer ?? null,
    steps,
    sequences,
    trainingSeconds: over(({ trainingSeconds }) => trainingSeconds)!,
    ...(search && { searchSteps: search.steps, searchSeconds: search.seconds }),
  };
}

/** What rows take on columns, as a manifest says it. */
export function costsBy({ costs = [] }: Manifest) {
  const pair = (row: string, column: string) => `${row}\n${column}`;
  const known = new Map(costs.map((cost) => [pair(printable(cost.architecture), printable(cost.task)), cost]));
  return (row: ManifestRow, column: ManifestColumn): ManifestCost | undefined => known.get(pair(row.id, column.id));
}
