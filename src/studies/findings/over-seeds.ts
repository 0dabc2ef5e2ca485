import type { Point, Sample } from '../../core/contracts/figure';
import { lowerMedian } from '../statistics/summaries';

/**
 * A point for several seeds: their lower median, and the least and the most of them. A seed without a value counts as worse
 * than all others (`worst`); where it is in the middle there is no median.
 */
export function overSeeds(
  x: number | string,
  samples: readonly Sample[],
  { worst = -Infinity }: { readonly worst?: number } = {},
): Point {
  const values = samples.map(({ y }) => y ?? worst);
  const shown = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
  return {
    x,
    y: samples.length === 0 ? null : (shown(lowerMedian(values)) ?? null),
    low: samples.length === 0 ? undefined : shown(Math.min(...values)),
    high: samples.length === 0 ? undefined : shown(Math.max(...values)),
    samples,
  };
}
