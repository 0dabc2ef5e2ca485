import { createHash } from 'node:crypto';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Rng } from './contracts/random';

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
  private uint32(): number {
    return this.generator.next() >>> 0;
  }
  integer(bound: number): number {
    // Rejection keeps every value equally likely; at most half of the draws are rejected.
    const limit = 2 ** 32 - (2 ** 32 % bound);
    for (;;) {
      const drawn = this.uint32();
      if (drawn < limit) return drawn % bound;
    }
  }
  bigInteger(bound: bigint): bigint {
    const bits = (bound - 1n).toString(2).length;
    for (;;) {
      let drawn = 0n;
      for (let have = 0; have < bits; have += 32) drawn = (drawn << 32n) | BigInt(this.uint32());
      drawn &= (1n << BigInt(bits)) - 1n;
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
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  }
}

/** The root stream of a seed. */
export const createRng = (seed: number | string): Rng => new PathRng(String(seed));
