import type { CurvePoint } from '../core/contracts/record';

/** Exact match must rise by more than this, and loss fall by more than this share, to count as progress: less is noise. */
const leastRise = 0.02;
const leastFall = 0.03;

/**
 * Whether the last `looks` looks made no progress: none had a higher exact match or a lower loss than the best before them by
 * more than noise. The first look is always progress. One of both is enough, since a loss falls long before answers become
 * right; docs/training.md tells how often published curves would have been stopped too soon.
 */
export function isFutile(curve: readonly CurvePoint[], looks: number): boolean {
  let [exact, loss, last] = [-Infinity, Infinity, 0];
  curve.forEach((point, at) => {
    const rises = (point.heldOut?.exact ?? 0) > exact + leastRise;
    const falls = point.loss < loss * (1 - leastFall);
    if (rises) exact = point.heldOut?.exact ?? 0;
    if (falls) loss = point.loss;
    if (rises || falls) last = at;
  });
  return curve.length - 1 - last >= looks;
}
