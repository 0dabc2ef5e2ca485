import type { Interval } from './wilson';

/** An interval and the probability with which it holds what it is about. */
export interface ConfidenceInterval extends Interval {
  /** 0.95 where that can be had. */
  readonly confidence: number;
}

const wanted = 0.95;

/**
 * Interval for the median of everything that a run could have given, from at least one run. Whatever the distribution of
 * runs, their median lies outside of the k-th smallest and the k-th largest of n with probability
 * 2 * sum over i < k of C(n, i) / 2^n (Thompson 1936, Annals of Mathematical Statistics 7:122-128); k is the largest for
 * which that is at most 5 %. Below six runs there is none, and the whole spread is returned with the confidence that it
 * has: 50 % for two runs, 75 % for three, 94 % for five.
 *
 * Each run comes with an interval of its own for the noise of its test set, which is the same for all runs and therefore
 * not seen in their spread: the lower end is made of lower ends, the upper end of upper ends. Of a single run this is its
 * own interval, which says nothing about other runs.
 */
export function medianInterval(runs: readonly Interval[]): ConfidenceInterval {
  const n = runs.length;
  let [k, outside] = [1, tail(n, 1)];
  while (tail(n, k + 1) <= 1 - wanted && 2 * (k + 1) <= n) outside = tail(n, ++k);
  const lows = runs.map(({ low }) => low).sort((a, b) => a - b);
  const highs = runs.map(({ high }) => high).sort((a, b) => a - b);
  return { low: lows[k - 1]!, high: highs[n - k]!, confidence: n === 1 ? wanted : 1 - outside };
}

/** 2 * sum over i < k of C(n, i) / 2^n */
function tail(n: number, k: number): number {
  let [sum, term] = [0, 2 ** (1 - n)];
  for (let i = 0; i < k; i++) {
    sum += term;
    term *= (n - i) / (i + 1);
  }
  return sum;
}
