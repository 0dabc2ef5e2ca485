import type { MatrixCell } from '../summarise/matrix';
import { isAtLeast, type Verdict } from '../summarise/verdict';

/** A number of cells, and what noise leaves open of it: the same at the lower and at the upper ends of all intervals. */
export interface CellCount {
  readonly cells: number;
  readonly low: number;
  readonly high: number;
}

/** How far cells get. */
export interface Outcomes {
  readonly measured: number;
  readonly learnt: CellCount;
  readonly extends: CellCount;
  readonly solves: CellCount;
}

export function outcomesOf(cells: readonly MatrixCell[]): Outcomes {
  const measured = cells.flatMap(({ row, summary }) => (row.kind === 'architecture' && summary ? summary : []));
  const reaching = (least: Verdict): CellCount => {
    const count = (of: (summary: (typeof measured)[number]) => Verdict | null) =>
      measured.filter((summary) => isAtLeast(of(summary), least)).length;
    return {
      cells: count(({ verdict }) => verdict),
      low: count(({ verdict, verdictBounds }) => verdictBounds?.[0] ?? verdict),
      high: count(({ verdict, verdictBounds }) => verdictBounds?.[1] ?? verdict),
    };
  };
  return {
    measured: measured.length,
    learnt: reaching('learnt in range'),
    extends: reaching('extends'),
    solves: reaching('solves'),
  };
}

/** What was spent on a matrix. */
export interface Spent {
  /** Trainings that were measured, one for each seed of a cell. */
  readonly runs: number;
  readonly searches: number;
  /** Trainings of searches. */
  readonly trials: number;
  /** Training steps of both. */
  readonly steps: number;
  /** Of one core: training and searches. */
  readonly seconds: number;
}

export function spentOn(cells: readonly MatrixCell[]): Spent {
  const seeds = cells.flatMap(({ row, summary }) => (row.kind === 'architecture' ? (summary?.seeds ?? []) : []));
  const searches = new Map<string, { readonly trials: number; readonly steps: number; readonly seconds: number }>();
  for (const { search } of seeds) {
    if (!search) continue;
    const seconds = Math.max(search.seconds, searches.get(search.key)?.seconds ?? 0);
    searches.set(search.key, { trials: search.trials.length, steps: search.steps, seconds });
  }
  const all = [...searches.values()];
  const sum = <T>(of: readonly T[], value: (each: T) => number) => of.reduce((total, each) => total + value(each), 0);
  return {
    runs: seeds.length,
    searches: all.length,
    trials: sum(all, ({ trials }) => trials),
    steps: sum(seeds, ({ steps }) => steps ?? 0) + sum(all, ({ steps }) => steps),
    seconds: sum(seeds, ({ trainingSeconds }) => trainingSeconds) + sum(all, ({ seconds }) => seconds),
  };
}
