import { lengthRanges } from '../../../core/contracts/reference';
import { mean } from '../../statistics/summaries';
import type { Interval } from '../../statistics/wilson';
import type { CellSummary, RangeSummary } from './cell-summary';
import { standing } from './mean-score';
import { scaledScore } from './scaled-score';

/** One number for ranking, in 0..1, with what noise leaves open. */
export interface Capability {
  readonly value: number;
  /** The value if every range were at the lower, or the upper, end of its interval. */
  readonly interval: Interval;
}

/**
 * Mean of the scaled exact-match score over the ranges that have a scale. Of three, a third means trained lengths only,
 * two thirds near lengths as well, 1 that the task is solved. A range that is not above its baseline by more than the
 * noise of the test sequences adds nothing, so whoever guesses has 0; nor does one that this row alone was not evaluated in. A range in which nothing
 * can be shown, because the task has no such lengths or guessing is already perfect, does not count at all. Null where no
 * range counts, or no baseline was measured: chance is never assumed.
 */
export function capability({ ranges }: CellSummary): Capability | null {
  const counted = lengthRanges.map((range) => ranges[range]).filter(({ hasScale }) => hasScale);
  if (counted.length === 0) return null;
  const parts = counted.map(contribution);
  return {
    value: mean(parts.map(({ value }) => value)),
    interval: {
      low: mean(parts.map(({ interval }) => interval.low)),
      high: mean(parts.map(({ interval }) => interval.high)),
    },
  };
}

const nothing: Capability = { value: 0, interval: { low: 0, high: 0 } };
const positive = (scaled: number | null): number => Math.max(0, scaled ?? 0);

function contribution({ score, baseline, scaled }: RangeSummary): Capability {
  if (!score || !baseline) return nothing;
  const [own, guess] = [score.intervals.exact, baseline.intervals.exact];
  const interval = {
    low: positive(scaledScore(own.low, guess.high)),
    high: positive(scaledScore(own.high, guess.low)),
  };
  // The noise of the middle run alone: another seed at chance widens the interval, it takes nothing from this one.
  const isAbove = standing(score.ownIntervals.exact, guess) === 'above';
  return { value: isAbove ? positive(scaled.exact) : 0, interval };
}
