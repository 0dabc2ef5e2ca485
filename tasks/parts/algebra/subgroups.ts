import { isSolvable, type Permutation } from '../permutation-group';
import type { Semigroup } from './semigroup';

/** Where an element is in a group: the name of the largest group around it, and what it does there. */
export interface GroupElement {
  readonly name: string;
  readonly permutation: Permutation;
}

/** A map that permutes its own image is in a group: that of the maps with the same image and the same kernel. */
export function groupElement(map: Uint16Array): GroupElement | undefined {
  const place = new Map<number, number>();
  for (const state of map) if (!place.has(state)) place.set(state, place.size);
  // The kernel: which states are mapped alike, numbered in the order in which they first occur.
  const kernel = [...map].map((state) => place.get(state)!);
  const ordered = [...place.keys()].sort((a, b) => a - b);
  const rank = new Map(ordered.map((state, at) => [state, at]));
  const permutation = ordered.map((state) => rank.get(map[state]!)!);
  if (new Set(permutation).size < ordered.length) return undefined;
  return { name: `${ordered.join()};${kernel.join()}`, permutation };
}

export const isIdentity = (permutation: Permutation): boolean => permutation.every((to, from) => to === from);

/** One of the largest groups in a semigroup that has more than one element. */
export interface Subgroup {
  readonly permutations: readonly Permutation[];
  /** An element that is not the neutral one. */
  readonly element: number;
}

export function subgroupsOf(groups: readonly (GroupElement | undefined)[]): Subgroup[] {
  const byName = new Map<string, { permutations: Permutation[]; element: number }>();
  groups.forEach((group, element) => {
    if (!group) return;
    const known = byName.get(group.name) ?? { permutations: [], element };
    if (known.permutations.length === 0 || (isIdentity(known.permutations[0]!) && known.permutations.length === 1))
      known.element = element;
    known.permutations.push(group.permutation);
    byName.set(group.name, known);
  });
  return [...byName.values()].filter(({ permutations }) => permutations.length > 1);
}

export const areSolvable = (subgroups: readonly Subgroup[]): boolean =>
  subgroups.every(({ permutations }) => isSolvable(permutations));

/** Elements of the sets of words of one length that are looked at, together. */
const mostWork = 1_000_000;

/**
 * The elements of words whose length is a multiple of some number, where these are the same for every multiple (the stable
 * semigroup of Barrington, Compton, Straubing and Therien 1992): the sets of elements of each length come around, and one of
 * them is a semigroup. Undefined where they are too many.
 */
export function stableElements({ next, letters }: Semigroup): number[] | undefined {
  const first = new Map<string, number>();
  const sets: number[][] = [];
  let work = 0;
  for (let current = sorted(letters); ; current = sorted(current.flatMap((element) => next[element]!))) {
    const key = current.join();
    const before = first.get(key);
    if (before !== undefined) {
      // sets[i] holds the elements of length i + 1; from `before` on they come around after `period`.
      const period = sets.length - before;
      return sets[period * Math.ceil((before + 1) / period) - 1]!;
    }
    first.set(key, sets.push(current) - 1);
    if ((work += current.length * letters.length) > mostWork) return undefined;
  }
}

const sorted = (elements: readonly number[]) => [...new Set(elements)].sort((a, b) => a - b);
