import type { EpochResult } from './body';

/** Cross-entropy above this is far from 0: log 2, which it begins with, is 0.69. */
export const highLoss = 0.3;

/**
 * How fast an error falls while cross-entropy is high: geometric mean of error(t) / error(t + 1) from the last epoch whose error
 * is at least half of the first to the last one whose cross-entropy is above `highLoss` and whose error is above 0. Undefined
 * where there are no two such epochs.
 */
export function declineOf(epochs: readonly EpochResult[]): number | undefined {
  const from = epochs.findLastIndex(({ errors }) => errors.none >= epochs[0]!.errors.none / 2);
  const to = epochs.findLastIndex(({ testLoss, errors }) => testLoss > highLoss && errors.none > 0);
  if (from < 0 || to <= from) return undefined;
  return (epochs[from]!.errors.none / epochs[to]!.errors.none) ** (1 / (to - from));
}
