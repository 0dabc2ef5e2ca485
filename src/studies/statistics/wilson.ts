/** A share with its uncertainty, all in 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard normal quantile of a two-sided 95 % interval. */
export const z95 = 1.959963984540054;

/**
 * Interval for a share seen in a few trials (Wilson 1927, JASA 22:209-212). Unlike the textbook interval it is
 * honest at 0 of n and n of n: three seeds of three give 0.44..1, not 1..1. A mean of values in 0..1 varies at most as
 * much as one of zeros and ones, so for such a mean (successes = mean * trials, perhaps no whole number) it is wide
 * enough.
 */
export function wilsonInterval(successes: number, trials: number, z: number = z95): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const shrink = 1 + z ** 2 / trials;
  // centre = (p + z^2 / 2n) / (1 + z^2 / n),  half = z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n)
  const centre = (share + z ** 2 / (2 * trials)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))) / shrink;
  // At the ends the formula gives 0 and 1 exactly; rounding must not spoil that.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
