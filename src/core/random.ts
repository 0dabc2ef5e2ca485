import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Rng } from './contracts/random';
import { zooError } from './errors';

/**
 * A stream is known by its path ("7/batch/12"): the 128 bits of state of xoroshiro128+ are the first bits of the
 * path's SHA-256. Splitting therefore never depends on how much was drawn before.
 */
class PathRng implements Rng {
  private readonly generator;

  constructor(private readonly path: string) {
    const digest = createHash('sha256').update(path).digest();
    this.generator = xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
  }

  split(name: string | number): Rng {
    return new PathRng(`${this.path}/${name}`);
  }
  /** 32 random bits; the high ones are the better ones (the lowest bit of xoroshiro128+ is a linear recurrence). */
  private uint32(): number {
    return this.generator.next() >>> 0;
  }
  integer(bound: number): number {
    if (!(bound >= 1 && bound <= 2 ** 32 && bound % 1 === 0)) throw zooError('empty-range', { bound: String(bound) });
    return bound <= 2 ** 21 ? this.byMultiplication(bound) : this.byRemainder(bound);
  }
  /**
   * Lemire 2019, "Fast random integer generation in an interval": the integer part of draw * bound / 2^32, rejecting
   * the few draws that would favour some values. The product stays below 2^53, so doubles are exact.
   */
  private byMultiplication(bound: number): number {
    for (;;) {
      const product = this.uint32() * bound;
      const value = (product / 2 ** 32) >>> 0;
      const fraction = product - value * 2 ** 32;
      if (fraction >= bound || fraction >= 2 ** 32 % bound) return value;
    }
  }
  /** Rejection keeps every value equally likely; fewer than half of the draws are rejected. */
  private byRemainder(bound: number): number {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const drawn = this.uint32();
      if (drawn < limit) return drawn % bound;
    }
  }
  bigInteger(bound: bigint): bigint {
    if (bound < 1n) throw zooError('empty-range', { bound: String(bound) });
    const bits = bound === 1n ? 0 : (bound - 1n).toString(2).length;
    const excess = BigInt((32 - (bits % 32)) % 32);
    for (;;) {
      let drawn = 0n;
      for (let have = 0; have < bits; have += 32) drawn = (drawn << 32n) | BigInt(this.uint32());
      drawn >>= excess;
      if (drawn < bound) return drawn;
    }
  }
  uniform(): number {
    return ((this.uint32() >>> 5) * 2 ** 26 + (this.uint32() >>> 6)) / 2 ** 53;
  }
  normal(): number {
    // Box and Muller 1958; the second value is thrown away to keep streams simple.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
  choice<T>(values: readonly T[]): T {
    return values[this.integer(values.length)]!;
  }
  shuffle<T>(values: readonly T[]): T[] {
    const shuffled = [...values];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const moved = shuffled[i]!;
      shuffled[i] = shuffled[j]!;
      shuffled[j] = moved;
    }
    return shuffled;
  }
}

/** The root stream of a seed. */
export const createRng = (seed: number | string): Rng => new PathRng(String(seed));
