import type { AnswerAutomaton } from '../../../registry';
import { minimalClasses } from './minimal-classes';

/** The smallest automaton of the same answers, all of whose states some word reaches; state 0 is the start. */
export interface SmallestMachine extends AnswerAutomaton {
  /**
   * Symbols that inputs can have and that act differently, the first of each kind: transitions are of these alone, in this
   * order.
   */
  readonly letters: readonly number[];
}

/** Moore 1956, by the method of Hopcroft. */
export function smallestMachine({ transitions, answers }: AnswerAutomaton): SmallestMachine {
  const reached = reachable(transitions);
  const place = new Map(reached.map((state, at) => [state, at]));
  const pruned = reached.map((state) => transitions[state]!.map((next) => place.get(next)!));
  const kinds = reached.map((state) => answers[state] ?? null);
  const classes = minimalClasses(pruned, kinds);
  const representatives: number[] = [];
  classes.forEach((own, state) => (representatives[own] ??= state));
  const smallest = representatives.map((state) => pruned[state]!.map((next) => classes[next]!));
  const own = representatives.map((state) => kinds[state]!);
  const letters = lettersOf(smallest, own);
  return { transitions: smallest.map((next) => letters.map((letter) => next[letter]!)), answers: own, letters };
}

/** States that words lead to, the start first. */
function reachable(transitions: AnswerAutomaton['transitions']): number[] {
  const found = new Set([0]);
  for (const state of found) for (const next of transitions[state]!) found.add(next);
  return [...found];
}

/** The first symbol of each kind, without those that no input has. */
function lettersOf(transitions: readonly (readonly number[])[], answers: readonly (number | null)[]): number[] {
  // Of a smallest machine only one state can have no answer ahead of it.
  const dead = transitions.findIndex((next, state) => answers[state] === null && next.every((to) => to === state));
  const first = new Map<string, number>();
  for (let symbol = 0; symbol < transitions[0]!.length; symbol++) {
    const map = transitions.map((next) => next[symbol]!);
    if (map.some((to) => to !== dead) && !first.has(map.join())) first.set(map.join(), symbol);
  }
  // Where no input ends at all, one letter stays, so that there is something to read.
  return first.size > 0 ? [...first.values()] : [0];
}
