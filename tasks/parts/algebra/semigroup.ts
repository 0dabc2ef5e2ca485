/** Beyond this many elements, states of all of them together, and steps to find them, a semigroup is not explored. */
const [mostElements, mostStates, mostSteps] = [10_000, 1_500_000, 20_000_000];

/** What nonempty words do to the states of an automaton: each map once, shortest words first. */
export interface Semigroup {
  /** elements[element][state]: the state that it leads to. The letters are the first. */
  readonly elements: readonly Uint16Array[];
  /** next[element][letter]: the element of its words with the letter behind. */
  readonly next: readonly (readonly number[])[];
  /** The elements that single letters are. */
  readonly letters: readonly number[];
  /** The element of a map, -1 where it is none. */
  find(map: Uint16Array): number;
  /** The first of the shortest words that do what the element does, as places of its letters. */
  wordOf(element: number): number[];
}

/** The semigroup that the letters of an automaton make: `transitions[state][letter]`; undefined where it is too large. */
export function semigroupOf(transitions: readonly (readonly number[])[]): Semigroup | undefined {
  const states = transitions.length;
  const maps = transitions[0]!.map((_, letter) => Uint16Array.from(transitions, (next) => next[letter]!));
  const most = Math.min(mostElements, mostStates / states, mostSteps / (states * maps.length));
  const elements: Uint16Array[] = [];
  /** The element and the letter behind it that an element was found by. */
  const origin: (readonly [number, number])[] = [];
  const place = new Map<string, number>();
  const placeOf = (map: Uint16Array, before: number, letter: number) => {
    const key = keyOf(map);
    const known = place.get(key);
    if (known !== undefined) return known;
    place.set(key, elements.length);
    origin.push([before, letter]);
    return elements.push(map) - 1;
  };
  const letters = maps.map((map, letter) => placeOf(map, -1, letter));
  const next: number[][] = [];
  for (let current = 0; current < elements.length; current++) {
    if (elements.length > most) return undefined;
    next.push(maps.map((map, letter) => placeOf(then(elements[current]!, map), current, letter)));
  }
  return {
    elements,
    next,
    letters,
    find: (map) => place.get(keyOf(map)) ?? -1,
    wordOf: (element) => {
      const word: number[] = [];
      for (let at = element; at >= 0; at = origin[at]![0]) word.push(origin[at]![1]);
      return word.reverse();
    },
  };
}

/** First one map, then the other. */
export const then = (first: Uint16Array, second: Uint16Array): Uint16Array => first.map((state) => second[state]!);

/** Equal for equal maps alone. */
export const keyOf = (map: Uint16Array): string =>
  Buffer.from(map.buffer, map.byteOffset, map.byteLength).toString('latin1');

export const isIdempotent = (map: Uint16Array): boolean => map.every((state) => map[state] === state);

/** The cycles of a map, each from its smallest state on. */
export function cyclesOf(map: Uint16Array): number[][] {
  const seen = new Uint8Array(map.length);
  const cycles: number[][] = [];
  for (let start = 0; start < map.length; start++) {
    const path: number[] = [];
    let state = start;
    for (; !seen[state]; state = map[state]!) {
      seen[state] = 1;
      path.push(state);
    }
    const closed = path.indexOf(state);
    if (closed >= 0) cycles.push(path.slice(closed));
  }
  return cycles;
}
