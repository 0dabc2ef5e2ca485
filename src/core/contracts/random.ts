/**
 * A reproducible stream of random numbers. Randomness is always an argument: nothing in the zoo draws
 * from a global generator.
 */
export interface Rng {
  /** An independent stream named by `name`; depends on this stream's own name only, never on what was drawn. */
  split(name: string | number): Rng;
  /** A uniform integer in 0..bound-1; `bound` at most 2^32. */
  integer(bound: number): number;
  /** A uniform integer in 0..bound-1, exact at any size. */
  bigInteger(bound: bigint): bigint;
  /** A uniform double in [0, 1) with 53 random bits. */
  uniform(): number;
  /** A standard normal double. */
  normal(): number;
  /** One of the given values, uniformly. */
  choice<T>(values: readonly T[]): T;
  /** A uniformly shuffled copy. */
  shuffle<T>(values: readonly T[]): T[];
}
