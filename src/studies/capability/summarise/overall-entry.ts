import type { ManifestColumn } from '../../../core/contracts/manifest';
import type { TaskWeight } from '../../../core/contracts/view';
import { lowerMedian } from '../../statistics/summaries';
import type { Interval } from '../../statistics/wilson';
import type { CellSummary } from './cell-summary';
import type { CellCost } from './cost';
import type { MatrixRow } from './matrix';
import { intervalOf, meanOf, type Means, type Ranked } from './means';
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
  /** The same over the compared columns of each level. */
  readonly levels: readonly {
    readonly level: string;
    readonly capability: number | null;
    readonly interval: Interval | null;
  }[];
  /** Medians over its cells; null where nothing was trained. */
  readonly cost: CellCost | null;
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
    capabilityInterval: means && intervalOf(means),
    levels: levels.map((level) => {
      const columns = compared.filter((column) => column.level === level);
      const ofLevel = meanOf(own, weightsOf(columns, by));
      return { level, capability: ofLevel?.value ?? null, interval: ofLevel && intervalOf(ofLevel) };
    }),
    cost: costOver(summaries.flatMap(({ cost }) => cost ?? [])),
  };
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
