import type { AnswerAutomaton, Rng } from '../../registry';
import { exploredAutomaton } from './explored-automaton';
import { Automaton } from './automaton';
import { ballotPath } from './ballot';

/** Ids of brackets: 2 k opens and 2 k + 1 closes kind k. */
export const isOpening = (symbol: number): boolean => symbol % 2 === 0;
export const kindOf = (symbol: number): number => symbol >> 1;

const pairs = ['()', '[]', '{}', '<>'];

/** Readable brackets of every kind: ( ) [ ] { } < >, then numbered ones. */
export const bracketSymbols = (kinds: number): string[] =>
  Array.from({ length: kinds }, (_, kind) =>
    pairs[kind] ? [...pairs[kind]] : [`(${kind + 1}`, `)${kind + 1}`],
  ).flat();

/** Steps up (true) and down between the heights 0 and `depth`, from 0 to 0: a uniform sampler of each even length. */
export function boundedPath(depth: number): (rng: Rng, length: number) => boolean[] {
  const words = heightAutomaton(depth).words(true);
  return (rng, length) => words.sample(rng, length).map((step) => step === 0);
}

/** A uniform path from 0 to 0 that never goes below 0. */
export const freePath = (rng: Rng, length: number): boolean[] => ballotPath(rng, length, 0);

/** State h is the height, the last state has left the heights 0..depth; symbol 0 goes up and 1 down. Accepts at 0. */
export function heightAutomaton(depth: number): Automaton {
  const outside = depth + 1;
  const next = (height: number) => (height < 0 || height > depth ? outside : height);
  const transitions = Array.from({ length: outside }, (_, height) => [next(height + 1), next(height - 1)]);
  return new Automaton([...transitions, [outside, outside]], [true, ...transitions.map(() => false)]);
}

/** Stacks of the largest depth that an automaton is made for. */
const mostStacks = 1000;

/** The state is the stack of open kinds; null where there are too many of them. */
export function stackAutomaton(kinds: number, depth: number): AnswerAutomaton | null {
  const deepest = kinds === 1 ? depth : kinds ** depth;
  if (deepest > mostStacks) return null;
  return exploredAutomaton<readonly number[] | 'violation'>({
    start: [],
    symbols: 2 * kinds,
    next: (open, symbol) => {
      if (open === 'violation') return open;
      if (isOpening(symbol)) return open.length < depth ? [...open, kindOf(symbol)] : 'violation';
      return open.at(-1) === kindOf(symbol) ? open.slice(0, -1) : 'violation';
    },
    answer: (open) => (open.length === 0 ? 1 : 0),
  });
}

/**
 * The kinds still open after a word, outermost first. Undefined if a bracket closes nothing of its kind, or if more than
 * `maximumDepth` are open at once. `visit` sees the open kinds after each symbol, the last time undefined at a violation.
 */
export function openKinds(
  word: readonly number[],
  visit?: (open: readonly number[] | undefined, position: number) => void,
  maximumDepth = Infinity,
): readonly number[] | undefined {
  const open: number[] = [];
  for (const [position, symbol] of word.entries()) {
    const fits = isOpening(symbol) ? open.push(kindOf(symbol)) <= maximumDepth : open.pop() === kindOf(symbol);
    visit?.(fits ? open : undefined, position);
    if (!fits) return undefined;
  }
  return open;
}

/** Brackets along a path: every opening one has a uniform kind, every closing one that of its partner. */
export function bracketsAlong(rng: Rng, path: readonly boolean[], kinds: number): number[] {
  const open: number[] = [];
  return path.map((isUp) => {
    if (!isUp) return 2 * open.pop()! + 1;
    const kind = rng.integer(kinds);
    open.push(kind);
    return 2 * kind;
  });
}
