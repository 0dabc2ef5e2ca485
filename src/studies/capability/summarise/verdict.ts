import type { LengthRange } from '../../../core/contracts/reference';

/** What a row can do on a column, weakest first; `diverged` is outside the order. */
export const verdicts = ['diverged', 'not learnt', 'learnt in range', 'extends', 'solves'] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * Exact-match accuracy a range needs, on average and at its longest length: in range to be learnt, near to extend, far
 * to solve.
 */
export const verdictThresholds: Readonly<Record<LengthRange, number>> = { inRange: 0.95, near: 0.95, far: 0.95 };

/** Exact-match accuracy in each range; null where it was not evaluated. */
export type ExactByRange = Readonly<Record<LengthRange, number | null>>;

/**
 * Each verdict includes the ones before it, so a range that was not evaluated caps the verdict: nobody "solves" a
 * task unseen at far lengths. Null when not even the trained lengths were evaluated.
 */
export function verdictOf(exact: ExactByRange): Verdict | null {
  const reaches = (range: LengthRange) => exact[range] !== null && exact[range] >= verdictThresholds[range];
  if (exact.inRange === null) return null;
  if (!reaches('inRange')) return 'not learnt';
  if (!reaches('near')) return 'learnt in range';
  return reaches('far') ? 'solves' : 'extends';
}

/** Whether a verdict is at least another one. */
export const isAtLeast = (verdict: Verdict | null, least: Verdict): boolean =>
  verdict !== null && verdicts.indexOf(verdict) >= verdicts.indexOf(least);
