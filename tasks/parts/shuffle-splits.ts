import type { Rng } from '../../registry';
import { ExactChoice } from './exact-choice';

/**
 * How many pairs of brackets each kind has in a uniform shuffle of k Dyck-1 words. Shuffles of k words with m pairs:
 *
 *   f(1, m) = Catalan(m),   f(k, m) = sum over i of binomial(2m, 2i) Catalan(i) f(k - 1, m - i)
 */
export class ShuffleSplits {
  private readonly catalans: bigint[] = [1n];
  /** counts[kinds - 1][pairs] */
  private readonly counts: bigint[][];
  /** choices[kinds - 1][pairs]: pairs of the first kind. */
  private readonly choices: (ExactChoice | undefined)[][];

  constructor(private readonly kinds: number) {
    this.counts = Array.from({ length: kinds }, () => []);
    this.choices = Array.from({ length: kinds }, () => []);
  }

  /** How many members with this many pairs there are. */
  count(pairs: number): bigint {
    this.extend(pairs);
    return this.counts[this.kinds - 1]![pairs]!;
  }

  sample(rng: Rng, pairs: number): number[] {
    this.extend(pairs);
    const split: number[] = [];
    let left = pairs;
    for (let kinds = this.kinds; kinds > 1; kinds--) {
      const first = (this.choices[kinds - 1]![left] ??= new ExactChoice(this.weights(kinds, left))).draw(rng);
      split.push(first);
      left -= first;
    }
    return [...split, left];
  }

  private extend(pairs: number): void {
    for (let m = this.counts[0]!.length; m <= pairs; m++) {
      // Catalan(m) = Catalan(m - 1) (4m - 2) / (m + 1)
      if (m > 0) this.catalans.push((this.catalans[m - 1]! * BigInt(4 * m - 2)) / BigInt(m + 1));
      this.counts[0]!.push(this.catalans[m]!);
      for (let kinds = 2; kinds <= this.kinds; kinds++)
        this.counts[kinds - 1]!.push(this.weights(kinds, m).reduce((sum, weight) => sum + weight, 0n));
    }
  }
  private weights(kinds: number, pairs: number): bigint[] {
    const weights: bigint[] = [];
    let binomial = 1n;
    for (let first = 0; first <= pairs; first++) {
      weights.push(binomial * this.catalans[first]! * this.counts[kinds - 2]![pairs - first]!);
      // binomial(2m, 2i + 2) = binomial(2m, 2i) (2m - 2i) (2m - 2i - 1) / ((2i + 1) (2i + 2))
      const rest = 2 * (pairs - first);
      binomial = (binomial * BigInt(rest * (rest - 1))) / BigInt((2 * first + 1) * (2 * first + 2));
    }
    return weights;
  }
}
