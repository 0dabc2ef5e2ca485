import type { Automaton } from './automaton';

/** Beyond this many elements, and states of all of them together, the monoid is not explored. */
const [mostElements, mostStates] = [5000, 2_000_000];

/**
 * Whether the language of a minimal automaton is star-free (Schutzenberger 1965: its transition monoid has no group,
 * that is m^k = m^(k + 1) for every element and large k). Undefined where the monoid is too large to tell.
 */
export function isStarFree({ transitions }: Automaton): boolean | undefined {
  const symbols = transitions[0]!.map((_, symbol) => transitions.map((next) => next[symbol]!));
  const seen = new Set<string>();
  const pending = [...symbols];
  for (let map = pending.pop(); map; map = pending.pop()) {
    const key = map.join();
    if (seen.has(key)) continue;
    if (seen.size === mostElements || seen.size * transitions.length > mostStates) return undefined;
    seen.add(key);
    if (!isAperiodic(map)) return false;
    for (const symbol of symbols) pending.push(map.map((state) => symbol[state]!));
  }
  return true;
}

/** Whether the map, applied often enough, ends in states that it maps to themselves. */
function isAperiodic(map: readonly number[]): boolean {
  let reached = [...map];
  for (let power = 1; power < map.length; power *= 2) reached = reached.map((state) => reached[state]!);
  return reached.every((state) => map[state] === state);
}
