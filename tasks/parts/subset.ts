import type { Rng } from '../../registry';

/**
 * A uniform choice of `count` out of `length` places, as marks.
 * Knuth 1997, volume 2, algorithm 3.4.2 S: the next place is marked with the share of marks among the places left.
 */
export function uniformSubset(rng: Rng, length: number, count: number): boolean[] {
  const marks = new Array<boolean>(length);
  let left = count;
  for (let i = 0; i < length; i++) {
    const isMarked = rng.integer(length - i) < left;
    marks[i] = isMarked;
    if (isMarked) left--;
  }
  return marks;
}
