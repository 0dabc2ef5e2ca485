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

/** Sizes of the sets of states, together, beyond which the work is given up. */
const mostWork = 5_000_000;

/**
 * Rabin and Scott 1959: a state is the set of states that the same word can lead to; the empty set is a state too.
 * Undefined where there would be more than `mostStates`, which may be two to the power of those without choices.
 */
export function determinise(
  { steps, silent, accepting }: Nondeterministic,
  symbols: number,
  mostStates: number,
): Deterministic | undefined {
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
    if (sets.length > mostStates || work > mostWork) return undefined;
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

/** Moore 1956: states are distinguished by acceptance, then by the classes that each symbol leads to, until nothing changes. */
export function minimise({ transitions, accepting }: Deterministic): Deterministic {
  let classes = numbered(accepting.map(String));
  for (let count = 0; count < new Set(classes).size;) {
    count = new Set(classes).size;
    classes = numbered(classes.map((own, state) => [own, ...transitions[state]!.map((next) => classes[next])].join()));
  }
  const representatives = [...new Set(classes)].map((own) => classes.indexOf(own));
  return {
    transitions: representatives.map((state) => transitions[state]!.map((next) => classes[next]!)),
    accepting: representatives.map((state) => accepting[state]!),
  };
}

/** Numbers equal keys alike, from 0 in the order in which they first occur: state 0 stays the start. */
function numbered(keys: readonly string[]): number[] {
  const place = new Map<string, number>();
  return keys.map((key) => {
    if (!place.has(key)) place.set(key, place.size);
    return place.get(key)!;
  });
}
