import type { CellRecord, CurvePoint, LengthResult, TrainingResult } from '../../../core/contracts/record';
import type { CellSearch } from '../../../core/contracts/search';
import type { LengthRange } from '../../../core/contracts/reference';
import type { Interval } from '../../statistics/wilson';
import { printable } from '../../../report/printable';
import { equivalentSequences, meanOver, rangeScore, varianceOfMean, type MeanScore } from './mean-score';
import { verdictOf, type Verdict } from './verdict';

/** What one run scores in a range. */
export interface SeedScore extends MeanScore {
  /** Exact-match accuracy at the longest length of the mean. */
  readonly longest: { readonly length: number; readonly exact: number };
  /** What the verdict asks of it: the lower of the mean and the score at the longest length, both exact match. */
  readonly decisive: Interval & { readonly exact: number };
  /** What the test sequences leave open of the mean: its variance, and how many of a simple sample they are worth. */
  readonly noise: { readonly variance: number; readonly sequences: number };
}

/** The search that chose the settings of a run, in common with the other seeds. */
export type SeedSearch = CellSearch & { readonly seconds: number };

/** One training run as the summary sees it. */
export interface SeedSummary {
  /** Of its record. */
  readonly key: string;
  readonly seed: number;
  /** Null for baselines, which are not trained. */
  readonly outcome: TrainingResult['outcome'] | null;
  /** Steps that were taken, and the sequences seen in them. */
  readonly steps: number | null;
  readonly sequences: number | null;
  readonly parameterCount: number | null;
  readonly trainingSeconds: number;
  /** How its settings were chosen; absent where they are as written. */
  readonly search?: SeedSearch;
  /** Looks during training; empty for baselines. */
  readonly curve: readonly CurvePoint[];
  readonly verdict: Verdict | null;
  readonly scores: Readonly<Record<LengthRange, SeedScore | null>>;
}

/** Written out: it is called some hundred thousand times for a large grid. */
export const byRange = <T>(of: (range: LengthRange) => T): Record<LengthRange, T> => ({
  inRange: of('inRange'),
  near: of('near'),
  far: of('far'),
});

/** What a run scores in each range; null where it was not evaluated. */
export type SeedScores = SeedSummary['scores'];

/** Scores of a record, of which `inMean` are the lengths that the scores are means of. */
export const scoresOfRecord = (
  record: CellRecord,
  inMean: Readonly<Record<LengthRange, readonly LengthResult[]>>,
): SeedScores => byRange((range) => seedScore(record, range, inMean[range]));

export function summariseSeed(record: CellRecord, scores: SeedScores): SeedSummary {
  const { specification, training } = record;
  const outcome = training?.outcome ?? null;
  return {
    key: printable(record.key),
    seed: specification.seed,
    outcome,
    steps: training?.steps ?? null,
    sequences: training && training.steps * specification.protocol.batchSize,
    parameterCount: training?.parameterCount ?? null,
    trainingSeconds: record.provenance.trainingSeconds,
    ...(record.search && { search: { ...record.search, seconds: record.provenance.searchSeconds ?? 0 } }),
    get curve() {
      return training?.curve ?? []; // a record may have to put it together
    },
    verdict: outcome === 'diverged' ? 'diverged' : verdictOf(byRange((range) => scores[range]?.decisive.exact ?? null)),
    scores,
  };
}

function seedScore(record: CellRecord, range: LengthRange, inMean: readonly LengthResult[]): SeedScore | null {
  const score = rangeScore(record, range);
  const last = inMean.toSorted((a, b) => a.length - b.length).at(-1);
  const longest = last && meanOver([last]);
  if (!score || !longest) return null;
  const both = [score, longest];
  return {
    ...score,
    longest: { length: last.length, exact: longest.exact },
    noise: { variance: varianceOfMean(inMean), sequences: equivalentSequences(inMean.map((each) => each.sequences)) },
    decisive: {
      exact: Math.min(...both.map(({ exact }) => exact)),
      low: Math.min(...both.map(({ intervals }) => intervals.exact.low)),
      high: Math.min(...both.map(({ intervals }) => intervals.exact.high)),
    },
  };
}

const noSpread = { low: 0, high: 0, confidence: 0.95 };
/** What a run that diverged and was not evaluated counts as: leaving it out would report the lucky ones only. */
export const zeroScore: SeedScore = {
  exact: 0,
  token: 0,
  intervals: { exact: noSpread, token: noSpread },
  ownIntervals: { exact: noSpread, token: noSpread },
  longest: { length: 0, exact: 0 },
  decisive: { exact: 0, low: 0, high: 0 },
  noise: { variance: 0, sequences: 0 },
};
