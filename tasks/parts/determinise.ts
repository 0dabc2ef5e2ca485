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

/**
 * Hopcroft 1971: blocks of states are split by the states that a symbol leads into a block, the smaller half of each
 * split splitting others in turn, until nothing changes: n log n steps for n states. Classes are numbered in the order
 * in which states are reached, so state 0 stays the start.
 */
export function minimise({ transitions, accepting }: Deterministic): Deterministic {
  const partition = new Partition(accepting);
  const symbols = transitions[0]!.length;
  const sources = reversed(transitions, symbols);
  const pending = partition.blocks.flatMap((_, block) =>
    Array.from({ length: symbols }, (_, symbol) => [block, symbol]),
  );
  const isPending = new Set(pending.map(([block, symbol]) => block! * symbols + symbol!));
  for (let splitter = pending.pop(); splitter; splitter = pending.pop()) {
    const [block, symbol] = splitter as [number, number];
    isPending.delete(block * symbols + symbol);
    const before = partition.blocks[block]!.flatMap((state) => sources[symbol]![state]!);
    for (const [old, fresh] of partition.split(before))
      for (let each = 0; each < symbols; each++) {
        const isOldSmaller = partition.blocks[old]!.length < partition.blocks[fresh]!.length;
        const next = isPending.has(old * symbols + each) || !isOldSmaller ? fresh : old;
        isPending.add(next * symbols + each);
        pending.push([next, each]);
      }
  }
  const classes = numbered(partition.blockOf);
  const representatives: number[] = [];
  classes.forEach((own, state) => (representatives[own] ??= state));
  return {
    transitions: representatives.map((state) => transitions[state]!.map((next) => classes[next]!)),
    accepting: representatives.map((state) => accepting[state]!),
  };
}

/** States in blocks that are split further and further. */
class Partition {
  readonly blocks: number[][];
  readonly blockOf: number[];

  constructor(accepting: readonly boolean[]) {
    const of = (wanted: boolean) => accepting.flatMap((accepts, state) => (accepts === wanted ? [state] : []));
    this.blocks = [of(true), of(false)].filter((block) => block.length > 0);
    this.blockOf = new Array<number>(accepting.length);
    this.blocks.forEach((block, id) => block.forEach((state) => (this.blockOf[state] = id)));
  }

  /** Parts every block that has some of these states and others; returns each such block with the new one. */
  split(states: readonly number[]): [number, number][] {
    const inside = new Map<number, Set<number>>();
    for (const state of states) {
      const block = this.blockOf[state]!;
      inside.set(block, (inside.get(block) ?? new Set()).add(state));
    }
    return [...inside].flatMap(([block, members]): [number, number][] => {
      if (members.size === this.blocks[block]!.length) return [];
      const fresh = this.blocks.push([...members]) - 1;
      this.blocks[block] = this.blocks[block]!.filter((state) => !members.has(state));
      for (const state of members) this.blockOf[state] = fresh;
      return [[block, fresh]];
    });
  }
}

/** reversed[symbol][state]: the states from which the symbol leads to the state. */
function reversed(transitions: Deterministic['transitions'], symbols: number): number[][][] {
  const sources = Array.from({ length: symbols }, () => transitions.map((): number[] => []));
  transitions.forEach((next, state) => next.forEach((to, symbol) => sources[symbol]![to]!.push(state)));
  return sources;
}

/** Numbers equal values alike, from 0 in the order in which they first occur. */
function numbered(values: readonly number[]): number[] {
  const place = new Map<number, number>();
  return values.map((value) => {
    if (!place.has(value)) place.set(value, place.size);
    return place.get(value)!;
  });
}
