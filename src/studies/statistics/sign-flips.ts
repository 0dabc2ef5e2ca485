import type { Rng } from '../../core/contracts/random';

/** Up to so many differences every assignment of signs is looked at. */
const mostExact = 16;
const drawn = 20_000;

/**
 * Two-sided permutation test of paired differences (Fisher 1935): were both alike, each difference could as well have the
 * other sign. The share of assignments of signs whose sum is at least as far from 0; of many differences, of assignments that
 * are drawn, the one at hand among them.
 */
export function signFlipTest(differences: readonly number[], rng: Rng): number {
  const moving = differences.filter((difference) => difference !== 0);
  if (moving.length === 0) return 1;
  const sum = Math.abs(moving.reduce((a, b) => a + b, 0));
  const isAsFar = (flipped: number) => Math.abs(flipped) >= sum - 1e-12;
  if (moving.length <= mostExact) {
    const count = 2 ** moving.length;
    let far = 0;
    for (let signs = 0; signs < count; signs++)
      if (isAsFar(moving.reduce((total, value, at) => total + (signs & (1 << at) ? -value : value), 0))) far++;
    return far / count;
  }
  let far = 1;
  for (let round = 0; round < drawn; round++)
    if (isAsFar(moving.reduce((total, value) => total + (rng.integer(2) ? value : -value), 0))) far++;
  return far / (drawn + 1);
}
