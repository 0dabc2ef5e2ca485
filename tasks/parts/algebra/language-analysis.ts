import type { AnswerAutomaton, DeclaredColumn } from '../../../registry';
import { alternationOf, type Alternation } from './cycles';
import { findingsOf } from './green';
import { isOfHeights } from './heights';
import { isLocallyRTrivial } from './locally-r-trivial';
import { cyclesOf, semigroupOf, then, type Semigroup } from './semigroup';
import { smallestMachine, type SmallestMachine } from './smallest-machine';
import { areSolvable, groupElement, isIdentity, stableElements, subgroupsOf, type GroupElement } from './subgroups';

/** What an automaton shows of itself: null where its semigroup is too large to tell. */
export type ShownByAutomaton = Required<
  Pick<
    DeclaredColumn,
    | 'isRegular'
    | 'states'
    | 'letters'
    | 'monoid'
    | 'starFree'
    | 'rTrivial'
    | 'passesCRaspTest'
    | 'quasiAperiodic'
    | 'cRasp'
    | 'cRaspWithPositions'
    | 'evenCycle'
    | 'oddCycle'
    | 'blockEvenCycle'
    | 'blockOddCycle'
    | 'group'
    | 'abelian'
    | 'solvable'
    | 'moved'
    | 'memory'
  >
>;

/** A word, as symbols of the input. */
export type Word = readonly number[];

/** A word, and after how many of it answers repeat. */
export interface RepeatedWord {
  readonly word: Word;
  readonly period: number;
}

/** Words that show what is said. */
export interface Witnesses {
  /** Repeated, they make the answer alternate. */
  readonly even?: RepeatedWord;
  readonly odd?: RepeatedWord;
  readonly blockEven?: RepeatedWord;
  readonly blockOdd?: RepeatedWord;
  /** A word that moves states around a cycle of this length: a group. */
  readonly group?: { readonly word: Word; readonly order: number };
  /** Two words that lead to one another, and so are of one R-class. */
  readonly pair?: readonly [Word, Word];
  /** Two idempotent ones of one R-class. */
  readonly idempotents?: readonly [Word, Word];
}

export interface LanguageAnalysis {
  readonly shown: ShownByAutomaton;
  /** Orders of the largest groups in the monoid, descending, each once; none where it is aperiodic. */
  readonly groupOrders: readonly number[] | null;
  readonly witnesses: Witnesses;
}

/** Everything that follows from the automaton of a column. */
export function analyse(automaton: AnswerAutomaton): LanguageAnalysis {
  const machine = smallestMachine(automaton);
  const { transitions, letters } = machine;
  const maps = letters.map((_, letter) => Uint16Array.from(transitions, (next) => next[letter]!));
  const semigroup = semigroupOf(transitions);
  const wordOf = (element: number): Word => semigroup!.wordOf(element).map((letter) => letters[letter]!);
  const repeated = alternationOf(machine, maps);
  const blocks = semigroup ? undefined : pairsOf(maps);
  const repeatedBlocks = alternationOf(machine, semigroup?.elements ?? blocks!.map(({ map }) => map));
  const blockOf = (place: number) =>
    semigroup ? wordOf(place) : blocks![place]!.word.map((letter) => letters[letter]!);
  const isGroup = maps.every((map) => new Set(map).size === map.length);
  const algebra = semigroup && algebraOf(semigroup, machine, wordOf);
  return {
    shown: {
      isRegular: true,
      states: transitions.length,
      letters: letters.length,
      ...(algebra?.shown ?? unknown),
      evenCycle: repeated.even,
      oddCycle: repeated.odd,
      // Without the semigroup, only blocks of one and two letters are looked at.
      blockEvenCycle: semigroup ? repeatedBlocks.even : repeated.even || repeatedBlocks.even || null,
      blockOddCycle: semigroup ? repeatedBlocks.odd : repeated.odd || repeatedBlocks.odd || null,
      group: isGroup,
      abelian: isGroup && commute(maps),
      moved: Math.max(...maps.map((map) => map.reduce((sum, to, from) => sum + (to === from ? 0 : 1), 0))),
      memory: 'bounded',
    },
    groupOrders: algebra?.groupOrders ?? null,
    witnesses: {
      ...algebra?.witnesses,
      ...wordsOf(repeated, ['even', 'odd'], (letter) => [letters[letter]!]),
      ...wordsOf(repeatedBlocks, ['blockEven', 'blockOdd'], blockOf),
    },
  };
}

/** What words of two letters do, as far as they are few. */
function pairsOf(maps: readonly Uint16Array[]): { map: Uint16Array; word: readonly number[] }[] {
  if (maps.length ** 2 * maps[0]!.length > mostBlocks) return [];
  return maps.flatMap((a, first) => maps.map((b, second) => ({ map: then(a, b), word: [first, second] })));
}

/** Blocks of two letters, times the states, that are looked at. */
const mostBlocks = 1_000_000;

/** Pairs of letters, times their states, that are looked at. */
const mostPairs = 20_000_000;

/** Whether the letters do the same in either order; null where they are too many. */
function commute(maps: readonly Uint16Array[]): boolean | null {
  if (maps.length ** 2 * maps[0]!.length > mostPairs) return null;
  return maps.every((a) => maps.every((b) => a.every((to, from) => b[to] === a[b[from]!])));
}

const unknown = {
  monoid: null,
  starFree: null,
  rTrivial: null,
  passesCRaspTest: null,
  quasiAperiodic: null,
  cRasp: null,
  cRaspWithPositions: null,
  solvable: null,
} satisfies Partial<ShownByAutomaton>;

function wordsOf(
  { evenMap, oddMap }: Alternation,
  [even, odd]: readonly [keyof Witnesses, keyof Witnesses],
  word: (map: number) => Word,
): Witnesses {
  return {
    ...(evenMap && { [even]: { word: word(evenMap.map), period: evenMap.period } }),
    ...(oddMap && { [odd]: { word: word(oddMap.map), period: oddMap.period } }),
  };
}

/** What the whole semigroup tells. */
function algebraOf(semigroup: Semigroup, machine: SmallestMachine, wordOf: (element: number) => Word) {
  const { elements } = semigroup;
  const groups = elements.map(groupElement);
  const subgroups = subgroupsOf(groups);
  const starFree = subgroups.length === 0;
  const { pair, idempotents } = findingsOf(semigroup);
  const stable = stableElements(semigroup);
  const quasiAperiodic = starFree || (stable ? isAperiodic(stable, groups) : null);
  const passesCRaspTest = starFree && !idempotents;
  const cRasp = !pair || (passesCRaspTest && isOfHeights(machine)) || (passesCRaspTest ? null : false);
  const neutral = elements.some((map) => map.every((to, from) => to === from));
  const first = subgroups[0]?.element;
  return {
    shown: {
      monoid: elements.length + (neutral ? 0 : 1),
      starFree,
      rTrivial: !pair,
      passesCRaspTest,
      quasiAperiodic,
      cRasp,
      cRaspWithPositions: cRasp || withPositions(semigroup, stable, quasiAperiodic),
      solvable: areSolvable(subgroups),
    },
    groupOrders: [...new Set(subgroups.map(({ permutations }) => permutations.length))].sort((a, b) => b - a),
    witnesses: {
      ...(pair && { pair: [wordOf(pair[0]), wordOf(pair[1])] as const }),
      ...(idempotents && { idempotents: [wordOf(idempotents[0]), wordOf(idempotents[1])] as const }),
      ...(first !== undefined && {
        group: {
          word: wordOf(first),
          order: cyclesOf(elements[first]!)
            .map(({ length }) => length)
            .reduce(leastMultiple),
        },
      }),
    },
  };
}

const isAperiodic = (stable: readonly number[], groups: readonly (GroupElement | undefined)[]) =>
  stable.every((element) => !groups[element] || isIdentity(groups[element].permutation));

/** Sufficient: an R-trivial monoid over windows of symbols and positions modulo a number. Necessary: no group of one length. */
function withPositions(semigroup: Semigroup, stable: number[] | undefined, quasiAperiodic: boolean | null) {
  if (quasiAperiodic === false) return false;
  return (stable && isLocallyRTrivial(semigroup, stable)) || null;
}

function leastMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}
