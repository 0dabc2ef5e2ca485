import { minimalClasses } from './algebra/minimal-classes';

/** An automaton with choices and silent steps; state 0 is the start. */
export interface Nondeterministic {
  /** steps[state][symbol]: states reached by reading the symbol. */
  readonly steps: readonly (readonly (readonly number[])[])[];
  /** silent[state]: states reached without reading. */
  readonly silent: readonly (readonly number[])[];
  readonly accepting: number;
}

/** A complete deterministic automaton; state 0 is the start. */
export interface Deterministic {
  readonly transitions: readonly (readonly number[])[];
  readonly accepting: readonly boolean[];
}

/** States of a minimal automaton: those that the words of every length are counted for. */
export const mostStates = 4096;
/** States before it is minimal, and the sizes of the sets of states that they are, beyond which the work is given up. */
const [mostSets, mostWork] = [4 * mostStates, 5_000_000];

/** The minimal automaton, or why there is none. */
export function smallestAutomaton(
  nondeterministic: Nondeterministic,
  symbols: number,
): Deterministic | { readonly problem: string } {
  const deterministic = determinise(nondeterministic, symbols);
  if (typeof deterministic === 'number') {
    const limit = deterministic < mostStates ? 'each is a set of too many' : `at most ${mostStates} fit`;
    return { problem: `its deterministic automaton has more than ${deterministic} states, and ${limit}` };
  }
  const smallest = minimise(deterministic);
  const states = smallest.accepting.length;
  if (states > mostStates)
    return { problem: `its minimal automaton has ${states} states, and at most ${mostStates} fit` };
  return smallest;
}

/**
 * Rabin and Scott 1959: a state is the set of states that the same word can lead to; the empty set is a state too.
 * There may be two to the power of those with choices; how many there are at least, where they are too many.
 */
function determinise({ steps, silent, accepting }: Nondeterministic, symbols: number): Deterministic | number {
  let work = 0;
  const close = (states: Iterable<number>) => {
    const closed = new Set(states);
    for (const state of closed) for (const next of silent[state]!) closed.add(next);
    return [...closed].sort((a, b) => a - b);
  };
  const sets = [close([0])];
  const place = new Map([[sets[0]!.join(), 0]]);
  const transitions: number[][] = [];
  for (let current = 0; current < sets.length; current++) {
    work += sets[current]!.length * symbols;
    if (sets.length > mostSets || work > mostWork) return sets.length - 1;
    transitions.push(
      Array.from({ length: symbols }, (_, symbol) => {
        const next = close(sets[current]!.flatMap((state) => steps[state]![symbol]!));
        const key = next.join();
        if (!place.has(key)) place.set(key, sets.push(next) - 1);
        return place.get(key)!;
      }),
    );
  }
  return { transitions, accepting: sets.map((set) => set.includes(accepting)) };
}

/** The smallest automaton of the same language. State 0 stays the start. */
export function minimise({ transitions, accepting }: Deterministic): Deterministic {
  const classes = minimalClasses(transitions, accepting);
  const representatives: number[] = [];
  classes.forEach((own, state) => (representatives[own] ??= state));
  return {
    transitions: representatives.map((state) => transitions[state]!.map((next) => classes[next]!)),
    accepting: representatives.map((state) => accepting[state]!),
  };
}
