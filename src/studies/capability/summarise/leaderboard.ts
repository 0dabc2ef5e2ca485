import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import type { Agreement } from '../../../core/contracts/theory';
import type { ManifestColumn, ManifestRow } from '../../../core/contracts/manifest';
import { capability } from './capability';
import { furthestRange, type CellSummary } from './cell-summary';
import { mean } from '../../statistics/summaries';
import type { Interval } from '../../statistics/wilson';
import type { Verdict } from './verdict';
import { columnsOf, mainAbsence, rangesBelow, type Absence, type Matrix, type MatrixCell } from './matrix';

/** An architecture or a baseline on one task. Scores are exact-match accuracies, medians over seeds. */
export interface TaskEntry {
  /** 1 is best; ties share a rank. Null where there is nothing to rank: no scores, or none above chance. */
  readonly rank: number | null;
  readonly architecture: string;
  readonly kind: ManifestRow['kind'];
  readonly seeds: number;
  readonly exact: Readonly<Record<LengthRange, number | null>>;
  /** Smallest and largest seed over the furthest range evaluated. */
  readonly spread: readonly [number, number] | null;
  /** Best baseline over that range. */
  readonly baseline: number | null;
  /** What is ranked, and what noise leaves open of it: see `capability`. */
  readonly capability: number | null;
  readonly capabilityInterval: Interval | null;
  /** Seeds that solve the task and a 95 % interval for the share of such seeds. */
  readonly solved: { readonly seeds: number; readonly interval: Interval } | null;
  readonly verdict: Verdict | null;
  /** Whether noise leaves another verdict open to a row that is trained. */
  readonly isBorderline: boolean;
  /** Ranges whose score is below the baseline by more than noise. */
  readonly belowBaseline: readonly LengthRange[];
  /** What became of theory's prediction; null where theory was not asked. */
  readonly theory: Agreement | null;
  /** Why there are no scores. */
  readonly absence: Absence | null;
}

/** An architecture or a baseline on all tasks. */
export interface OverallEntry {
  readonly rank: number | null;
  readonly architecture: string;
  readonly kind: ManifestRow['kind'];
  /** Columns with scores; only rows with all of them are ranked, or they would be compared on different tasks. */
  readonly tasks: number;
  /** Fewest seeds of any task. */
  readonly seeds: number;
  readonly verdicts: Readonly<Record<'solves' | 'extends' | 'learnt in range', number>>;
  /**
   * Runs (task and seed) that solve their task. They are no draws of one share, tasks differ, so no interval is made of
   * them: each task has its own.
   */
  readonly solvedRuns: { readonly runs: number; readonly of: number };
  /** Mean over the tasks that have one. */
  readonly capability: number | null;
  /** Mean of the lower and of the upper ends. */
  readonly capabilityInterval: Interval | null;
}

/** Rows ranked on each task and overall. */
export interface Leaderboard {
  readonly experiment: string;
  readonly taskCount: number;
  readonly overall: readonly OverallEntry[];
  readonly tasks: readonly { readonly column: ManifestColumn; readonly entries: readonly TaskEntry[] }[];
}

/** Ranks the rows of a matrix, on each task and overall. */
export function buildLeaderboard(matrix: Matrix): Leaderboard {
  const columns = columnsOf(matrix);
  return {
    experiment: matrix.experiment,
    taskCount: columns.length,
    overall: ranked(
      matrix.rows.map((row) =>
        overallEntry(
          row,
          columns.map((column) => matrix.cell(row.id, column.id)),
        ),
      ),
      overallOrder,
    ),
    tasks: columns.map((column) => ({
      column,
      entries: ranked(matrix.rows.map((row) => taskEntry(matrix.cell(row.id, column.id))).filter(isAsked), taskOrder),
    })),
  };
}

/** Rows that the experiment does not measure on a task have no place among those that it does. */
const isAsked = ({ absence }: { readonly absence: Absence | null }): boolean => absence !== 'left out';

function taskEntry(cell: MatrixCell): Omit<TaskEntry, 'rank'> {
  const { row, summary, prediction } = cell;
  const theory = prediction && (summary?.theory ?? 'not measured');
  const identity = { architecture: row.id, kind: row.kind };
  const nothing = { inRange: null, near: null, far: null };
  if (!summary) {
    return {
      ...identity,
      seeds: 0,
      exact: nothing,
      spread: null,
      baseline: null,
      capability: null,
      capabilityInterval: null,
      solved: null,
      verdict: null,
      isBorderline: false,
      belowBaseline: [],
      theory,
      absence: mainAbsence(cell),
    };
  }
  const furthest = furthestRange(summary);
  const seeds = furthest ? summary.seeds.flatMap((seed) => seed.scores[furthest]?.exact ?? []) : [];
  const exact = Object.fromEntries(lengthRanges.map((range) => [range, summary.ranges[range].score?.exact ?? null]));
  const ranked = capability(summary);
  return {
    ...identity,
    seeds: summary.seeds.length,
    exact: exact as TaskEntry['exact'],
    spread: seeds.length > 0 ? [Math.min(...seeds), Math.max(...seeds)] : null,
    baseline: (furthest && summary.ranges[furthest].baseline?.exact) ?? null,
    capability: ranked?.value ?? null,
    capabilityInterval: ranked?.interval ?? null,
    solved: { seeds: summary.solved.count, interval: summary.solved.interval },
    verdict: summary.verdict,
    isBorderline: row.kind === 'architecture' && summary.isBorderline,
    belowBaseline: rangesBelow(cell),
    theory,
    absence: null,
  };
}

function overallEntry(row: ManifestRow, cells: readonly MatrixCell[]): Omit<OverallEntry, 'rank'> {
  const summaries = cells.flatMap(({ summary }) => summary ?? []);
  const measured = summaries.flatMap((summary) => capability(summary) ?? []);
  const isRankable = summaries.length === cells.length && measured.length > 0;
  const over = (of: (each: (typeof measured)[number]) => number) => mean(measured.map(of));
  const count = (verdict: Verdict) => summaries.filter((summary) => summary.verdict === verdict).length;
  const total = (of: (summary: CellSummary) => number) => summaries.map(of).reduce((a, b) => a + b, 0);
  return {
    architecture: row.id,
    kind: row.kind,
    tasks: summaries.length,
    seeds: summaries.length > 0 ? Math.min(...summaries.map((summary) => summary.seeds.length)) : 0,
    verdicts: { solves: count('solves'), extends: count('extends'), 'learnt in range': count('learnt in range') },
    solvedRuns: { runs: total(({ solved }) => solved.count), of: total(({ seeds }) => seeds.length) },
    capability: isRankable ? over(({ value }) => value) : null,
    capabilityInterval: isRankable
      ? { low: over(({ interval }) => interval.low), high: over(({ interval }) => interval.high) }
      : null,
  };
}

/** Positive when `a` is better. */
type Order<E> = (a: E, b: E) => number;
const compare = (a: number | null, b: number | null) => (a ?? -1) - (b ?? -1);
const taskOrder: Order<Omit<TaskEntry, 'rank'>> = (a, b) => compare(a.capability, b.capability);
const overallOrder: Order<Omit<OverallEntry, 'rank'>> = (a, b) =>
  compare(a.capability, b.capability) || a.tasks - b.tasks;

/**
 * Best first with competition ranks (1, 2, 2, 4). Baselines stand where they belong but take no rank, and rows at chance
 * have none: they are all equal, in whatever order.
 */
function ranked<E extends { capability: number | null; kind: ManifestRow['kind'] }>(
  entries: readonly E[],
  order: Order<E>,
): (E & { rank: number | null })[] {
  const sorted = [...entries].sort((a, b) => order(b, a));
  const rankable = sorted.filter((entry) => entry.kind === 'architecture' && (entry.capability ?? 0) > 0);
  return sorted.map((entry) => {
    const rank = rankable.includes(entry) ? 1 + rankable.filter((other) => order(other, entry) > 0).length : null;
    return { ...entry, rank };
  });
}
