import { cyclesOf } from './semigroup';
import type { SmallestMachine } from './smallest-machine';

/** That a repeated word makes answers alternate: with an even period, and with one that is no power of two. */
export interface Alternation {
  readonly even: boolean | null;
  readonly odd: boolean | null;
  /** The first that do. */
  readonly evenMap?: Repeated;
  readonly oddMap?: Repeated;
}

/** A map, by its place in the list of maps, and after how many of it answers repeat. */
export interface Repeated {
  readonly map: number;
  readonly period: number;
}

/** Tuples of states that are looked at in search of a word that tells all states of a cycle, together. */
const mostTuples = 20_000;

const isPowerOfTwo = (period: number) => (period & (period - 1)) === 0;

/**
 * Whether answers to x w^k y alternate in k, for some words x and y and the word w of one of the maps: where w moves states around
 * a cycle. Null where that is not found, and not everything could be looked at.
 */
export function alternationOf({ transitions, answers }: SmallestMachine, maps: readonly Uint16Array[]): Alternation {
  const isTotal = !answers.includes(null);
  const seen = new Set<string>();
  let [evenMap, oddMap]: (Repeated | undefined)[] = [];
  let tuples = 0;

  const note = (period: number, map: number) => {
    if (period % 2 === 0) evenMap ??= { map, period };
    if (!isPowerOfTwo(period)) oddMap ??= { map, period };
  };
  /** Only words y count that may end an input behind every state of the cycle. */
  const follow = (cycle: readonly number[], map: number) => {
    const found = new Map([[cycle.join(), cycle]]);
    for (const tuple of found.values()) {
      if (++tuples > mostTuples) return;
      const told = tuple.map((state) => answers[state]!);
      if (!told.includes(null as never)) note(periodOf(told), map);
      for (let letter = 0; letter < transitions[0]!.length; letter++) {
        const next = tuple.map((state) => transitions[state]![letter]!);
        if (new Set(next).size > 1) found.set(next.join(), next);
      }
    }
  };

  for (let map = 0; map < maps.length; map++) {
    for (const cycle of cyclesOf(maps[map]!)) {
      if (cycle.length === 1 || (evenMap !== undefined && oddMap !== undefined)) continue;
      // States of a smallest machine differ: where every word may end an input, the periods of answers make up that of the cycle.
      if (isTotal) note(cycle.length, map);
      else if (!seen.has(cycle.join())) {
        seen.add(cycle.join());
        follow(cycle, map);
      }
    }
  }
  const isAll = tuples <= mostTuples;
  return {
    even: evenMap !== undefined || (isAll ? false : null),
    odd: oddMap !== undefined || (isAll ? false : null),
    evenMap,
    oddMap,
  };
}

/** The least number of places after which a cyclic list repeats. */
function periodOf(list: readonly number[]): number {
  for (let period = 1; ; period++)
    if (list.length % period === 0 && list.every((each, at) => each === list[at % period])) return period;
}
