import type { Rng } from '../../registry';

/**
 * Draws an option with exactly the probability weight / total, for weights of any size. A uniform real in [0, 1) is
 * written down 32 bits at a time until it surely falls into one option; almost always the first 32 are enough.
 */
export class ExactChoice {
  private readonly sums: bigint[] = [];
  private readonly total: bigint;
  /** floor(sum * 2^32 / total): a first draw strictly between two neighbours falls into one option. */
  private readonly limits: number[];

  constructor(weights: readonly bigint[]) {
    let sum = 0n;
    for (const weight of weights) this.sums.push((sum += weight));
    this.total = sum;
    this.limits = this.sums.map((partial) => Number((partial << 32n) / sum));
  }

  draw(rng: Rng): number {
    const first = rng.integer(2 ** 32);
    let [option, last] = [0, this.limits.length - 1];
    while (option < last) {
      const middle = (option + last) >> 1;
      if (first < this.limits[middle]!) last = middle;
      else option = middle + 1;
    }
    // The draw may share its 32 bits with the end of the option before.
    const isSure = option === 0 || first > this.limits[option - 1]!;
    return isSure ? option : this.refine(rng, BigInt(first));
  }

  /** `drawn` holds the first 32 bits of the real number; more are added until both ends agree. */
  private refine(rng: Rng, drawn: bigint): number {
    for (let bits = 32n; ; bits += 32n) {
      const low = this.optionAt((drawn * this.total) >> bits);
      const high = this.optionAt(((drawn + 1n) * this.total - 1n) >> bits);
      if (low === high) return low;
      drawn = (drawn << 32n) | BigInt(rng.integer(2 ** 32));
    }
  }
  private optionAt(place: bigint): number {
    return this.sums.findIndex((sum) => place < sum);
  }
}
