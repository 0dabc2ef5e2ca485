import fc from 'fast-check';
import type { AnswerAutomaton } from '../../../../src/core/contracts/task';
import { analyse } from '../../../../tasks/parts/algebra/language-analysis';
import { isOfHeights } from '../../../../tasks/parts/algebra/heights';
import { smallestMachine } from '../../../../tasks/parts/algebra/smallest-machine';
import { compileExpression } from '../../../../tasks/parts/regular-expression';
import { everyWord } from '../../../support/tasks/every-word';

/** Automata with up to five states over two or three letters; where `partial`, some states have no answer. */
const automata = (partial = false) =>
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 3 })).chain(([states, letters]) =>
    fc.record({
      transitions: fc.array(fc.array(fc.nat({ max: states - 1 }), { minLength: letters, maxLength: letters }), {
        minLength: states,
        maxLength: states,
      }),
      answers: fc.array(partial ? fc.constantFrom(0, 1, null) : fc.constantFrom(0, 1), {
        minLength: states,
        maxLength: states,
      }),
    }),
  );

const run = ({ transitions }: AnswerAutomaton, word: readonly number[], from = 0) =>
  word.reduce((state, letter) => transitions[state]![letter]!, from);

/** Every map that a word makes of the states, by composition until nothing is new: no shortest words, no tables. */
function monoidOf({ transitions }: AnswerAutomaton): number[][] {
  const letters = transitions[0]!.map((_, letter) => transitions.map((next) => next[letter]!));
  const found = new Map([[String(transitions.map((_, state) => state)), transitions.map((_, state) => state)]]);
  for (const map of found.values())
    for (const letter of letters) {
      const next = map.map((state) => letter[state]!);
      found.set(String(next), next);
    }
  return [...found.values()];
}
const product = (a: readonly number[], b: readonly number[]) => a.map((state) => b[state]!);

const isAperiodic = (monoid: readonly number[][]) =>
  monoid.every((map) => {
    let power = map;
    for (let exponent = 1; exponent < map.length; exponent++) power = product(power, map);
    return String(product(power, map)) === String(power);
  });

/** Pairs of elements that words behind them lead from one to the other. */
function rightEquivalent(monoid: readonly number[][]): [number[], number[]][] {
  const ideals = monoid.map((map) => new Set(monoid.map((other) => String(product(map, other)))));
  return monoid.flatMap((a, i) =>
    monoid.slice(i + 1).flatMap((b, j): [number[], number[]][] => {
      const at = i + 1 + j;
      return ideals[i]!.has(String(b)) && ideals[at]!.has(String(a)) ? [[a, b]] : [];
    }),
  );
}
const isIdempotent = (map: readonly number[]) => String(product(map, map)) === String(map);

/** The smallest machine with every letter, by telling states apart with words that get longer. */
function smallest(automaton: AnswerAutomaton): AnswerAutomaton {
  const states = [
    ...new Set(
      everyWord(automaton.transitions[0]!.length, 5)
        .flatMap(prefixes)
        .map((w) => run(automaton, w)),
    ),
  ];
  const words = [0, 1, 2, 3, 4].flatMap((length) => everyWord(automaton.transitions[0]!.length, length));
  const told = (state: number) => words.map((word) => automaton.answers[run(automaton, word, state)]).join();
  const kinds = [...new Set([0, ...states].map(told))];
  const of = kinds.map((kind) => [0, ...states].find((state) => told(state) === kind)!);
  return {
    transitions: of.map((state) => automaton.transitions[state]!.map((next) => kinds.indexOf(told(next)))),
    answers: of.map((state) => automaton.answers[state]!),
  };
}
const prefixes = (word: readonly number[]) => [...word, 0].map((_, length) => word.slice(0, length));

describe('of small automata', () => {
  it('counts the states and the monoid of the smallest machine', () => {
    fc.assert(
      fc.property(automata(), (automaton) => {
        const expected = smallest(automaton);
        const { shown } = analyse(automaton);
        expect([shown.states, shown.monoid]).toEqual([expected.transitions.length, monoidOf(expected).length]);
      }),
      { numRuns: 150 },
    );
  });

  it('is star-free, R-trivial and passes the necessary test exactly where all elements say so', () => {
    fc.assert(
      fc.property(automata(), (automaton) => {
        const monoid = monoidOf(smallest(automaton));
        fc.pre(monoid.length <= 150);
        const { shown } = analyse(automaton);
        const equivalent = rightEquivalent(monoid);
        const passes = isAperiodic(monoid) && !equivalent.some((pair) => pair.every(isIdempotent));
        expect([shown.starFree, shown.rTrivial, shown.passesCRaspTest]).toEqual([
          isAperiodic(monoid),
          equivalent.length === 0,
          passes,
        ]);
        // What is sufficient implies what is necessary, and positions take nothing away.
        if (shown.rTrivial) expect(shown).toMatchObject({ passesCRaspTest: true, cRasp: true });
        if (shown.cRasp) expect(shown).toMatchObject({ passesCRaspTest: true, cRaspWithPositions: true });
        if (!passes) expect(shown.cRasp).toBe(false);
        if (shown.starFree) expect(shown).toMatchObject({ quasiAperiodic: true, solvable: true });
      }),
      { numRuns: 150 },
    );
  });

  it.each([false, true])('finds the periods of answers to repeated letters (states without answers: %s)', (partial) => {
    fc.assert(
      fc.property(automata(partial), (automaton) => {
        const letters = automaton.transitions[0]!.map((_, letter) => letter);
        const starts = new Set(
          everyWord(letters.length, 5)
            .flatMap(prefixes)
            .map((word) => run(automaton, word)),
        );
        const behind = [0, 1, 2, 3, 4].flatMap((length) => everyWord(letters.length, length));
        const periods = letters.flatMap((letter) =>
          [...starts].flatMap((start) => {
            // Five steps lead to a cycle, and 60 is a multiple of every period there can be.
            let state = run(automaton, [0, 1, 2, 3, 4].fill(letter), start);
            const states = Array.from({ length: 60 }, () => (state = automaton.transitions[state]![letter]!));
            return behind.flatMap((word) => {
              const answers = states.map((each) => automaton.answers[run(automaton, word, each)]!);
              if (answers.includes(null as never)) return [];
              return [[1, 2, 3, 4, 5].find((period) => answers.every((each, at) => each === answers[at % period]))!];
            });
          }),
        );
        const even = periods.some((period) => period % 2 === 0);
        const odd = periods.some((period) => period === 3 || period === 5);
        const { evenCycle, oddCycle } = analyse(automaton).shown;
        if (!partial) expect([evenCycle, oddCycle]).toEqual([even, odd]);
        // Words behind may have to be longer where only some states have answers.
        else expect([evenCycle || !even, oddCycle || !odd]).toEqual([true, true]);
      }),
      { numRuns: 60 },
    );
  });

  it('tells states of heights by how often letters occur', () => {
    fc.assert(
      fc.property(
        automata(),
        fc.array(fc.nat({ max: 2 }), { maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (automaton, long, seeds) => {
          const machine = smallestMachine(automaton);
          fc.pre(machine.letters.length > 0 && isOfHeights(machine));
          const lost = machine.transitions.findIndex((next, state) => next.every((to) => to === state) && state > 0);
          const word = long.map((letter) => letter % machine.letters.length);
          const order = word.map((letter) => [seeds.next().value as number, letter] as const).sort(([a], [b]) => a - b);
          const ends = [word, order.map(([, letter]) => letter)].map((each) => run(machine, each));
          if (!ends.includes(lost)) expect(ends[0]).toBe(ends[1]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const of = (expression: string) => {
  const { automaton } = compileExpression(expression);
  return analyse({ transitions: automaton.transitions, answers: automaton.accepting.map(Number) });
};

describe('of languages', () => {
  // star-free, R-trivial, necessary test, AC0, C-RASP, C-RASP with positions
  it.each([
    ['(ab|aabb)*', [true, false, false, true, false, true]], // a block is told by the last four symbols
    ['(ab|bbaa)*', [true, false, true, true, null, true]],
    ['(ab|bba)*', [true, false, true, true, null, true]],
    ['(ab)*', [true, false, true, true, true, true]], // bounded Dyck of depth 1
    ['(a(ab)*b)*', [true, false, true, true, true, true]], // of depth 2
    ['(ab|ba)*', [true, false, true, true, true, true]], // heights from -1 to 1
    ['a*b*a*b*', [true, true, true, true, true, true]],
    ['(a|b)*a', [true, false, false, true, false, true]], // the last symbol
    ['(aa)*b{0}', [false, false, false, true, false, true]], // the length modulo 2
    ['(b*ab*a)*b*', [false, false, false, false, false, false]], // parity
    ['(a|bc*b)*', [false, false, false, true, false, null]],
  ])('%s', (expression, expected) => {
    const { starFree, rTrivial, passesCRaspTest, quasiAperiodic, cRasp, cRaspWithPositions } = of(expression).shown;
    expect([starFree, rTrivial, passesCRaspTest, quasiAperiodic, cRasp, cRaspWithPositions]).toEqual(expected);
  });

  it('shows why', () => {
    const { idempotents } = of('(ab|aabb)*').witnesses;
    const machine = smallestMachine(
      (({ transitions, accepting }) => ({ transitions, answers: accepting.map(Number) }))(
        compileExpression('(ab|aabb)*').automaton,
      ),
    );
    const map = (word: readonly number[]) => machine.transitions.map((_, state) => run(machine, word, state));
    const [first, second] = idempotents!.map(map) as [number[], number[]];
    expect(first).not.toEqual(second);
    expect([product(first, first), product(second, second)]).toEqual([first, second]);
    expect([product(first, second), product(second, first)]).toEqual([second, first]);
    expect(of('(b*ab*a)*b*').witnesses).toMatchObject({
      group: { word: [0], order: 2 },
      even: { word: [0], period: 2 },
    });
  });
});

/** Every map of so many states is made by three: around, an exchange, and one that makes two alike. */
const allMaps = (states: number): AnswerAutomaton => ({
  transitions: Array.from({ length: states }, (_, state) => [
    (state + 1) % states,
    state < 2 ? 1 - state : state,
    state === 1 ? 0 : state,
  ]),
  answers: Array.from({ length: states }, (_, state) => (state === 0 ? 1 : 0)),
});

it.each([6, 50, 1000])('does not compute a monoid of %d to the power of itself', (states) => {
  const { shown, groupOrders } = analyse(allMaps(states));
  expect(shown).toMatchObject({ states, monoid: null, starFree: null, cRasp: null, solvable: null, group: false });
  // What single letters show, they show of any size.
  expect(shown).toMatchObject({ evenCycle: true, moved: states });
  expect(groupOrders).toBeNull();
});

it('knows the groups of all maps of five states', () => {
  const { shown, groupOrders } = analyse(allMaps(5));
  expect(shown).toMatchObject({ monoid: 3125, solvable: false, quasiAperiodic: false });
  expect(groupOrders).toEqual([120, 24, 6, 2]);
});
