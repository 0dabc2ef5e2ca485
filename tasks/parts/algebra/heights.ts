import type { SmallestMachine } from './smallest-machine';

/** Larger machines are not looked at. */
const [mostStates, mostLetters] = [1000, 64];

/** A vector of fractions with one denominator, the last number. */
type Fractions = readonly number[];

/**
 * Whether the state is known from how often each letter occurred, as long as no prefix left a finite set of such counts: every
 * letter adds a weight of its own to a height, states have different heights, and the machine is lost for good exactly where the
 * height is that of no state. Bounded Dyck languages are of this kind. C-RASP compares counts at every prefix, so it defines them.
 */
export function isOfHeights({ transitions }: SmallestMachine): boolean {
  if (transitions.length > mostStates || transitions[0]!.length > mostLetters) return false;
  const absorbing = transitions.flatMap((next, state) => (next.every((to) => to === state) ? [state] : []));
  return [-1, ...absorbing].some((lost) => lost !== 0 && haveHeights(transitions, lost));
}

function haveHeights(transitions: readonly (readonly number[])[], lost: number): boolean {
  const letters = transitions[0]!.length;
  /** counts[state]: how often each letter occurs in one word that leads there. */
  const counts: (number[] | undefined)[] = [new Array<number>(letters).fill(0)];
  const queue = [0];
  const equations: number[][] = [];
  for (const state of queue)
    transitions[state]!.forEach((to, letter) => {
      if (to === lost) return;
      const reached = withOneMore(counts[state]!, letter);
      const known = counts[to];
      if (known) equations.push(reached.map((count, at) => count - known[at]!));
      else {
        counts[to] = reached;
        queue.push(to);
      }
    });
  const rows = echelon(equations);
  const heights = new Set(queue.map((state) => reduced(counts[state]!, rows).join()));
  if (heights.size < queue.length) return false;
  return queue.every((state) =>
    transitions[state]!.every(
      (to, letter) => to !== lost || !heights.has(reduced(withOneMore(counts[state]!, letter), rows).join()),
    ),
  );
}

const withOneMore = (counts: readonly number[], letter: number) => counts.with(letter, counts[letter]! + 1);

/** Independent equations, each with a first letter that no other has. */
function echelon(equations: readonly (readonly number[])[]): number[][] {
  const rows: number[][] = [];
  for (const equation of equations) {
    const row = reduced(equation, rows).slice(0, -1);
    if (row.every((number) => number === 0)) continue;
    const own = rows.map((other) => reduced(other, [row]).slice(0, -1));
    rows.splice(0, rows.length, ...own, row);
  }
  return rows;
}

/** A vector without the letters that equations begin with. */
function reduced(vector: readonly number[], rows: readonly (readonly number[])[]): Fractions {
  let result = [...vector, 1];
  for (const row of rows) {
    const pivot = row.findIndex((number) => number !== 0);
    const [by, factor] = [row[pivot]!, result[pivot]!];
    if (factor === 0) continue;
    result = lowest(result.map((number, at) => number * by - (row[at] ?? 0) * factor));
  }
  return result;
}

function lowest(fractions: Fractions): number[] {
  const divisor = fractions.reduce(greatestDivisor) * Math.sign(fractions.at(-1)!);
  // Zero has one sign.
  return fractions.map((number) => number / divisor || 0);
}

function greatestDivisor(a: number, b: number): number {
  let [large, small] = [Math.abs(a), Math.abs(b)];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}
