import type { Rng } from '../../registry';
import { uniformSubset } from './subset';

/**
 * A uniform path of `length` steps, up (true) or down, from height 0 to `end` that never goes below 0;
 * `length - end` is even and not negative.
 *
 * Cycle lemma (Dvoretzky and Motzkin 1947): of the n + 1 rotations of a cyclic list of u + 1 ups and v downs,
 * exactly u + 1 - v = end + 1 stay above 0 at every step. A uniform list and a uniform choice among its good
 * rotations is therefore a uniform path that stays above 0; its first step, always up, is dropped.
 */
export function ballotPath(rng: Rng, length: number, end: number): boolean[] {
  const cycle = uniformSubset(rng, length + 1, (length + end) / 2 + 1);
  const positive = rotate(cycle, lastLowest(cycle));
  return rotate(positive, lastVisit(positive, rng.integer(end + 1))).slice(1);
}

const rotate = (steps: readonly boolean[], start: number): boolean[] => [
  ...steps.slice(start),
  ...steps.slice(0, start),
];

/** The last place whose height, before its step, is the lowest: started there, the cycle stays above 0. */
function lastLowest(steps: readonly boolean[]): number {
  let height = 0;
  let lowest = 0;
  let place = 0;
  steps.forEach((isUp, i) => {
    if (height <= lowest) [lowest, place] = [height, i];
    height += isUp ? 1 : -1;
  });
  return place;
}

/** The last place whose height, before its step, is `level`. */
function lastVisit(steps: readonly boolean[], level: number): number {
  let height = 0;
  let place = 0;
  steps.forEach((isUp, i) => {
    if (height === level) place = i;
    height += isUp ? 1 : -1;
  });
  return place;
}
