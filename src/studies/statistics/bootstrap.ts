import type { Rng } from '../../core/contracts/random';
import { normalQuantile } from './normal';
import type { Interval } from './wilson';

/** Replicates of a bootstrap: ends of 95 % intervals vary by a few hundredths of their width. */
export const replicates = 1000;

/**
 * Numbers for a bootstrap, drawn by the hundred thousand: sfc32 (Doty-Humphrey, PractRand), whose state comes from a named
 * stream, and normal deviates from a table of quantiles.
 */
export class Draws {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(rng: Rng) {
    [this.a, this.b, this.c] = [rng.integer(2 ** 32) | 0, rng.integer(2 ** 32) | 0, rng.integer(2 ** 32) | 0];
    for (let round = 0; round < 12; round++) this.next();
  }

  /** 32 random bits, as a signed number. */
  private next(): number {
    const drawn = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + drawn;
    return drawn;
  }

  /** A whole number below `bound`, at most a few thousand: what favours some is too small to matter. */
  below(bound: number): number {
    return Math.floor(((this.next() >>> 0) / 2 ** 32) * bound);
  }

  /** A standard normal deviate, of 65,536 different ones. */
  normal(): number {
    return quantiles()[this.next() >>> 16]!;
  }
}

let table: Float64Array | undefined;
const quantiles = (): Float64Array =>
  (table ??= Float64Array.from({ length: 2 ** 16 }, (_, at) => normalQuantile((at + 0.5) / 2 ** 16)));

/** The middle 95 % of replicates (percentile interval, Efron 1981), widened to what was measured where that lies outside. */
export function percentileInterval(values: Float64Array, measured: number): Interval {
  const sorted = Float64Array.from(values).sort();
  const tail = Math.floor(0.025 * sorted.length);
  return { low: Math.min(measured, sorted[tail]!), high: Math.max(measured, sorted[sorted.length - 1 - tail]!) };
}

/**
 * Whether one is surely better than another: their replicates differ to the other side in less than 2.5 % of cases, equal
 * ones counted half. So the 95 % interval of the difference leaves out zero.
 */
export function isSurelyAbove(one: Float64Array, other: Float64Array): boolean {
  let against = 0;
  for (let at = 0; at < one.length; at++) {
    const difference = one[at]! - other[at]!;
    if (difference < 0) against += 2;
    else if (difference === 0) against++;
  }
  return against < 2 * 0.025 * one.length;
}
