import type { Point } from '../../../../core/contracts/figure';
import { medianInterval } from '../../../statistics/median-interval';
import { lowerMedian } from '../../../statistics/summaries';
import type { Interval } from '../../../statistics/wilson';

/** What one seed gave, with the noise of its test sequences. */
export interface SeedShare extends Interval {
  readonly seed: number;
  readonly value: number;
}

/** The lower median of the seeds, with an interval for it as the matrix has one (`medianInterval`); of none a gap. */
export function shareOverSeeds(x: number, seeds: readonly SeedShare[]): Point {
  if (seeds.length === 0) return { x, y: null };
  const { low, high } = medianInterval(seeds);
  return {
    x,
    y: lowerMedian(seeds.map(({ value }) => value)),
    low,
    high,
    samples: seeds.map(({ seed, value }) => ({ seed, y: value })),
  };
}
