import type { CellRecord, ManifestRow, Score, TrainingResult } from '../../../core/contracts/record';
import { type LengthRange, lengthRanges } from '../../../core/contracts/reference';
import { bestBaseline, evaluatedLengths, reduceScores, type BaselineScores, type BaselinesOver } from './baselines';
import { checkClaim, overallAgreement, type Agreement, type ClaimCheck } from './claims';
import { scaledScore } from './scaled-score';
import { median } from '../../statistics/summaries';
import { verdictOf, type Verdict } from './verdict';
import { wilsonInterval, type Interval } from '../../statistics/wilson';

/** One training run as the summary sees it. */
export interface SeedSummary {
  readonly seed: number;
  /** Null for baselines, which are not trained. */
  readonly outcome: TrainingResult['outcome'] | null;
  readonly verdict: Verdict | null;
  readonly scores: Readonly<Record<LengthRange, Score | null>>;
}

export interface RangeSummary {
  /** Median over seeds; null where no seed was evaluated. */
  readonly score: Score | null;
  /** Best baseline over the same lengths, exact and token separately. */
  readonly baseline: Score | null;
  /** `score` on a scale from that baseline (0) to perfect (1); null where there is no scale. */
  readonly scaled: { readonly exact: number | null; readonly token: number | null };
  readonly evaluatedLengths: number;
  readonly notEvaluatedLengths: number;
}

/** Everything known about a row on a column, over its seeds. */
export interface CellSummary {
  readonly seeds: readonly SeedSummary[];
  readonly ranges: Readonly<Record<LengthRange, RangeSummary>>;
  readonly baselines: readonly BaselineScores[];
  /** Null when nothing was evaluated. */
  readonly verdict: Verdict | null;
  /** Seeds that solve the task, with a 95 % interval for the share of such seeds. */
  readonly solved: { readonly count: number; readonly interval: Interval };
  readonly diverged: number;
  readonly claims: readonly ClaimCheck[];
  readonly agreement: Agreement;
}

const nothing: Score = { exact: 0, token: 0 };
const byRange = <T>(of: (range: LengthRange) => T): Record<LengthRange, T> => ({
  inRange: of('inRange'),
  near: of('near'),
  far: of('far'),
});

/**
 * Summarises the records of one row and column: one per seed, at least one. `chance` knows the column's baselines,
 * `claims` are what was published about this row and column.
 */
export function summariseCell(
  records: readonly CellRecord[],
  chance: BaselinesOver,
  claims: ManifestRow['claims'] = [],
): CellSummary {
  const seeds = records.map(summariseSeed).sort((a, b) => a.seed - b.seed);
  const baselines = chance(evaluatedLengths(records));
  const best = bestBaseline(baselines);
  const ranges = byRange((range) => summariseRange(range, records, seeds, best[range]));
  const exact = byRange((range) => ranges[range].score?.exact ?? null);
  const diverged = seeds.filter((seed) => seed.verdict === 'diverged').length;
  const solved = seeds.filter((seed) => seed.verdict === 'solves').length;
  const checks = claims.map((claim) => checkClaim(claim, exact));
  return {
    seeds,
    ranges,
    baselines,
    verdict: diverged > seeds.length / 2 ? 'diverged' : verdictOf(exact),
    solved: { count: solved, interval: wilsonInterval(solved, seeds.length) },
    diverged,
    claims: checks,
    agreement: overallAgreement(checks),
  };
}

function summariseSeed({ specification, training, ranges }: CellRecord): SeedSummary {
  const outcome = training?.outcome ?? null;
  const scores = byRange((range) => ranges[range].score);
  const verdict = outcome === 'diverged' ? 'diverged' : verdictOf(byRange((range) => scores[range]?.exact ?? null));
  return { seed: specification.seed, outcome, verdict, scores };
}

function summariseRange(
  range: LengthRange,
  records: readonly CellRecord[],
  seeds: readonly SeedSummary[],
  baseline: Score | null,
): RangeSummary {
  const measured = seeds.some((seed) => seed.scores[range] !== null);
  // A seed that diverged and was not evaluated counts as zero: leaving it out would report the lucky seeds only.
  const scores = seeds.flatMap(
    (seed) => seed.scores[range] ?? (measured && seed.verdict === 'diverged' ? nothing : []),
  );
  const score = reduceScores(scores, median);
  const scaled = (kind: keyof Score) => (score && baseline ? scaledScore(score[kind], baseline[kind]) : null);
  const most = (count: (record: CellRecord) => number) => Math.max(...records.map(count));
  return {
    score,
    baseline,
    scaled: { exact: scaled('exact'), token: scaled('token') },
    evaluatedLengths: most((record) => record.ranges[range].evaluatedLengths),
    notEvaluatedLengths: most((record) => record.ranges[range].notEvaluatedLengths),
  };
}

/** The longest range that was evaluated, or null. */
export const furthestRange = (summary: CellSummary): LengthRange | null =>
  [...lengthRanges].reverse().find((range) => summary.ranges[range].score !== null) ?? null;
