import type { CircuitClass } from '../../registry';
import type { Deterministic } from './determinise';
import { isSolvable, type Permutation } from './permutation-group';
import { ac0, nonSolvableGroup, solvableGroup } from './references';

/** Beyond this many elements, and states of all of them together, the semigroup is not explored. */
const [mostElements, mostStates] = [10_000, 16_000_000];
/** Elements of the sets of words of one length that are looked at, together. */
const mostWork = 4_000_000;

/**
 * The circuit class of the language of a minimal automaton, from its syntactic semigroup (Barrington, Compton, Straubing
 * and Therien 1992): AC0 where the words of no one length make a group, ACC0 where every group is solvable, complete for
 * NC1 otherwise. NC1, which holds of every regular language, is all that is said where the semigroup is too large to tell.
 */
export function circuitClassOf(automaton: Deterministic): CircuitClass {
  const semigroup = semigroupOf(automaton);
  if (!semigroup) return { ...nonSolvableGroup, name: 'NC1' };
  const groups = semigroup.elements.map((element) => groupElement(element));
  if (groups.every((group) => !group || isIdentity(group.permutation))) return ac0;
  const isQuasiAperiodic = isAperiodicByLength(semigroup, groups);
  if (isQuasiAperiodic) return ac0;
  const byGroup = new Map<string, Permutation[]>();
  for (const group of groups)
    if (group) byGroup.set(group.name, [...(byGroup.get(group.name) ?? []), group.permutation]);
  const areSolvable = [...byGroup.values()].every(isSolvable);
  if (!areSolvable) return nonSolvableGroup;
  return isQuasiAperiodic === false ? solvableGroup : { ...solvableGroup, name: 'ACC0' };
}

/** What nonempty words do to the states, each map once. */
interface Semigroup {
  /** elements[element][state]: the state that it leads to. The letters are the first. */
  readonly elements: readonly Uint16Array[];
  /** next[element][symbol]: the element of its words with the symbol behind. */
  readonly next: readonly (readonly number[])[];
  /** The elements that single symbols are. */
  readonly letters: readonly number[];
}

function semigroupOf({ transitions }: Deterministic): Semigroup | undefined {
  const states = transitions.length;
  const symbols = transitions[0]!.map((_, symbol) => Uint16Array.from(transitions, (next) => next[symbol]!));
  const elements: Uint16Array[] = [];
  const place = new Map<string, number>();
  const placeOf = (map: Uint16Array) => {
    const key = Buffer.from(map.buffer).toString('latin1');
    const known = place.get(key);
    if (known !== undefined) return known;
    place.set(key, elements.length);
    return elements.push(map) - 1;
  };
  const letters = symbols.map(placeOf);
  const next: number[][] = [];
  for (let current = 0; current < elements.length; current++) {
    if (elements.length > mostElements || elements.length * states > mostStates) return undefined;
    next.push(symbols.map((symbol) => placeOf(elements[current]!.map((state) => symbol[state]!))));
  }
  return { elements, next, letters };
}

/** A map that permutes its own image is in a group: that of the maps with the same image and the same kernel. */
function groupElement(map: Uint16Array): { name: string; permutation: Permutation } | undefined {
  const place = new Map<number, number>();
  for (const state of map) if (!place.has(state)) place.set(state, place.size);
  // The kernel: which states are mapped alike, numbered in the order in which they first occur.
  const kernel = [...map].map((state) => place.get(state)!);
  const image = [...place.keys()];
  const ordered = [...image].sort((a, b) => a - b);
  const permutation = ordered.map((state) => ordered.indexOf(map[state]!));
  if (new Set(permutation).size < image.length) return undefined;
  return { name: `${ordered.join()};${kernel.join()}`, permutation };
}

const isIdentity = (permutation: Permutation) => permutation.every((to, from) => to === from);

/**
 * Whether no group is made by words of one length alone: then counting is no more than knowing the length. The sets of
 * elements of each length come around; one of them is a semigroup, and that is looked at. Undefined where they are too many.
 */
function isAperiodicByLength(
  { next, letters }: Semigroup,
  groups: readonly ReturnType<typeof groupElement>[],
): boolean | undefined {
  const first = new Map<string, number>();
  const sets: number[][] = [];
  let work = 0;
  for (let current = sorted(letters); ; current = sorted(current.flatMap((element) => next[element]!))) {
    const key = current.join();
    const before = first.get(key);
    if (before !== undefined) {
      // sets[i] holds the elements of length i + 1; from `before` on they come around after `period`.
      const period = sets.length - before;
      const length = period * Math.ceil((before + 1) / period);
      const stable = sets[length - 1]!;
      return stable.every((element) => !groups[element] || isIdentity(groups[element].permutation));
    }
    first.set(key, sets.push(current) - 1);
    if ((work += current.length * letters.length) > mostWork) return undefined;
  }
}

const sorted = (elements: readonly number[]) => [...new Set(elements)].sort((a, b) => a - b);
