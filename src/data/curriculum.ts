import type { Protocol } from '../core/protocol';
import type { Bucket } from './lengths';

/**
 * The longest length that a step (counted from 1) trains on where shorter lengths come first: of n lengths in ascending order the
 * first ceil(n step / (share steps)), so that all are there after that share of the steps. A function of the step alone: a run
 * that goes on from a checkpoint draws what it would have drawn. Without a curriculum there is no limit.
 */
export function longestAt(
  step: number,
  lengths: readonly number[],
  { steps, trainingLengths: { curriculum = 0 } }: Pick<Protocol, 'steps' | 'trainingLengths'>,
): number {
  const share = step / (curriculum * steps);
  if (curriculum === 0 || share >= 1) return Infinity;
  const ascending = lengths.toSorted((a, b) => a - b);
  return ascending[Math.max(1, Math.ceil(ascending.length * share)) - 1]!;
}

/** Lengths of each bucket up to the longest; buckets without any are left out. */
export const lengthsUpTo = (buckets: readonly Bucket[], longest: number) =>
  buckets
    .map((bucket) => ({ bucket, lengths: bucket.lengths.filter((length) => length <= longest) }))
    .filter(({ lengths }) => lengths.length > 0);
