import type { CellRecord, LengthResult, Score } from '../../../core/contracts/record';
import type { LengthRange } from '../../../core/contracts/reference';
import type { ScoreKind } from '../../../core/contracts/view';
import { medianInterval, type ConfidenceInterval } from '../../statistics/median-interval';
import { lowerMedian, mean } from '../../statistics/summaries';
import { wilsonInterval, type Interval } from '../../statistics/wilson';

/** A score over several lengths, with what noise leaves open. */
export interface MeanScore extends Score {
  /** Of several runs: for their median, from their spread. Of one run: from its test sequences. */
  readonly intervals: Readonly<Record<ScoreKind, ConfidenceInterval>>;
  /** From the test sequences of the run in the middle alone, whatever other runs gave. */
  readonly ownIntervals: Readonly<Record<ScoreKind, Interval>>;
}

export const scoresOf = ({ exact, token }: Score): Score => ({ exact, token });

/** Lengths whose mean is the score of the range: those that are averaged, all evaluated ones where none is. */
export function lengthsInMean(lengths: readonly LengthResult[], range: LengthRange): LengthResult[] {
  const evaluated = lengths.filter((result) => result.range === range && result.score !== null);
  const averaged = evaluated.filter(({ notAveraged }) => notAveraged === undefined);
  return averaged.length > 0 ? averaged : evaluated;
}

/** Mean over lengths of one record; null for none. */
export function meanOver(lengths: readonly LengthResult[]): MeanScore | null {
  const scores = lengths.flatMap(({ score }) => score ?? []);
  if (scores.length === 0) return null;
  return withNoise(
    { exact: mean(scores.map(({ exact }) => exact)), token: mean(scores.map(({ token }) => token)) },
    lengths,
  );
}

/** The score of a range of one record. */
export function rangeScore({ lengths, ranges }: CellRecord, range: LengthRange): MeanScore | null {
  const { score } = ranges[range];
  return score && withNoise(score, lengthsInMean(lengths, range));
}

/**
 * 95 % Wilson intervals over the test sequences, as if each of them were right with the same probability. Longer ones
 * are harder, which makes the mean vary less than that: the intervals are a little too wide.
 */
function withNoise(score: Score, lengths: readonly LengthResult[]): MeanScore {
  const n = equivalentSequences(lengths.map(({ sequences }) => sequences));
  const interval = (value: number): ConfidenceInterval => ({ ...wilsonInterval(value * n, n), confidence: 0.95 });
  const intervals = { exact: interval(score.exact), token: interval(score.token) };
  return { ...scoresOf(score), intervals, ownIntervals: intervals };
}

/** Sequences of a simple sample whose mean varies as much as a mean over lengths that count the same. */
export function equivalentSequences(sequences: readonly number[]): number {
  // var = p (1 - p) / k^2 * sum of 1 / n_i
  const sum = sequences.reduce((total, n) => total + 1 / n, 0);
  return sum > 0 && Number.isFinite(sum) ? sequences.length ** 2 / sum : 0;
}

/**
 * How much the exact match of a mean over lengths varies with the test sequences. Shares are shrunk towards a half by half a
 * sequence on both sides (Jeffreys), so that no error among few sequences is not taken for certainty.
 */
export function varianceOfMean(lengths: readonly LengthResult[]): number {
  const parts = lengths.flatMap(({ score, sequences }) => {
    if (!score || sequences === 0) return [];
    const share = (score.exact * sequences + 0.5) / (sequences + 1);
    return (share * (1 - share)) / sequences;
  });
  // var = sum of p_i (1 - p_i) / n_i, over k^2
  return parts.length === 0 ? 0 : parts.reduce((sum, part) => sum + part, 0) / parts.length ** 2;
}

/** Medians over runs, exact and token separately; null for no runs. */
export function medianScore(runs: readonly MeanScore[]): MeanScore | null {
  if (runs.length === 0) return null;
  const of = (kind: ScoreKind) => lowerMedian(runs.map((run) => run[kind]));
  const interval = (kind: ScoreKind) => medianInterval(runs.map(({ intervals }) => intervals[kind]));
  const own = (kind: ScoreKind) => runs.find((run) => run[kind] === of(kind))!.ownIntervals[kind];
  return {
    exact: of('exact'),
    token: of('token'),
    intervals: { exact: interval('exact'), token: interval('token') },
    ownIntervals: { exact: own('exact'), token: own('token') },
  };
}

/** The best of several scores, exact and token separately; null for none. */
export const bestScore = (scores: readonly MeanScore[]): MeanScore | null => pick(scores, (a, b) => a > b);

/** The lowest of several scores, exact and token separately; null for none. */
export const lowestScore = (scores: readonly MeanScore[]): MeanScore | null => pick(scores, (a, b) => a < b);

function pick(scores: readonly MeanScore[], better: (a: number, b: number) => boolean): MeanScore | null {
  if (scores.length === 0) return null;
  const of = (kind: ScoreKind) => scores.reduce((a, b) => (better(b[kind], a[kind]) ? b : a));
  const [exact, token] = [of('exact'), of('token')];
  return {
    exact: exact.exact,
    token: token.token,
    intervals: { exact: exact.intervals.exact, token: token.intervals.token },
    ownIntervals: { exact: exact.ownIntervals.exact, token: token.ownIntervals.token },
  };
}

/** Whether a score lies above or below its baseline by more than noise. */
export type Standing = 'above' | 'level' | 'below';

/**
 * Both are measured on the same inputs, but which of the inputs each got right is not recorded. Intervals that do not
 * overlap are apart whatever that was: the deviation of a difference is at most the sum of both deviations.
 */
export function standing(score: Interval, baseline: Interval): Standing {
  if (score.low > baseline.high) return 'above';
  return score.high < baseline.low ? 'below' : 'level';
}
