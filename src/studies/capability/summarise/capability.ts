import { lengthRanges } from '../../../core/contracts/reference';
import type { CellSummary } from './cell-summary';
import { mean } from '../../statistics/summaries';

/**
 * One number for ranking, in 0..1: the mean over the three ranges of the scaled exact-match score. A third means
 * trained lengths only, two thirds means near lengths as well, 1 means the task is solved. A range at or below its
 * baseline contributes nothing, nor does one that was not evaluated. Null where no baseline was measured: chance is
 * never assumed.
 */
export function capability(summary: CellSummary): number | null {
  if (summary.baselines.length === 0) return null;
  return mean(lengthRanges.map((range) => Math.max(0, summary.ranges[range].scaled.exact ?? 0)));
}
