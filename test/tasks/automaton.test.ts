import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import { unitOf } from '../../registry/units';
import { taskConformance } from '../../src/testing/task-conformance';
import { AutomatonLanguage, createAutomatonTask } from '../../tasks/automaton';
import { readAutomaton } from '../../tasks/parts/automaton-file';
import { minimise } from '../../tasks/parts/determinise';
import { compileExpression } from '../../tasks/parts/regular-expression';
import { circuitClassOfLanguage } from '../../tasks/parts/algebra/circuit-class';
import { isSolvable } from '../../tasks/parts/permutation-group';
import { everyWord } from '../support/tasks/every-word';
import { describeRecognition } from '../support/tasks/recognition';

const minimalOf = (text: string) => {
  const { symbols, automaton } = readAutomaton(text);
  return { symbols, ...minimise(automaton) };
};
const ofExpression = (expression: string) => {
  const { symbols, automaton } = compileExpression(expression);
  return { symbols, transitions: automaton.transitions, accepting: automaton.accepting };
};
const written = (description: object) => JSON.stringify(description);
const own = (description: object) => new (createAutomatonTask('own.json', written(description)))();

/** Words over a and b that end in abb, as public tools write it. */
const endsInAbb = {
  alphabet: ['a', 'b'],
  states: ['s', 'a', 'ab', 'abb'],
  initial_state: 's',
  accepting_states: ['abb'],
};
const moves = {
  s: { a: 'a', b: 's' },
  a: { a: 'a', b: 'ab' },
  ab: { a: 'a', b: 'abb' },
  abb: { a: 'a', b: 's' },
};
const triples = Object.entries(moves).flatMap(([from, row]) =>
  Object.entries(row).map(([symbol, to]) => [from, symbol, to] as const),
);

describe('automaton', () => {
  describeRecognition(new AutomatonLanguage(), (input) => BigInt(`0b${input.join('')}`) % 3n === 0n, { length: 10 });

  for (const { name, applies, run } of taskConformance(
    createAutomatonTask('a.json', written({ ...endsInAbb, transitions: moves })),
  ))
    (applies ? it : it.skip)(`of one's own ${name}`, run);
});

describe('the ways in which tools write an automaton', () => {
  const nfa = { s: { a: ['s', 'a'], b: ['s'] }, a: { b: ['ab'] }, ab: { b: ['abb'] } };
  const { alphabet, states } = endsInAbb;
  it.each<[string, object]>([
    ['an object of states', { ...endsInAbb, transitions: moves }],
    [
      'pairs',
      { ...endsInAbb, transitions: Object.fromEntries(triples.map(([from, symbol, to]) => [`${from},${symbol}`, to])) },
    ],
    ['triples', { ...endsInAbb, transitions: triples }],
    ['objects', { ...endsInAbb, transitions: triples.map(([from, symbol, to]) => ({ from, symbol, to })) }],
    [
      'camel case and several symbols',
      {
        alphabet,
        states,
        initialState: 's',
        acceptStates: ['abb'],
        transitions: [
          { fromState: 's', symbol: ['a'], toStates: ['a'] },
          ...triples.slice(1).map(([source, input, target]) => ({ source, input, target })),
        ],
      },
    ],
    [
      'a table',
      {
        ...endsInAbb,
        transitions: states.map((state) => alphabet.map((symbol) => moves[state as 's'][symbol as 'a'])),
      },
    ],
    [
      'rows of targets',
      {
        ...endsInAbb,
        delta: Object.fromEntries(Object.entries(moves).map(([from, row]) => [from, Object.values(row)])),
      },
    ],
    ['automata-lib', { states, input_symbols: alphabet, transitions: nfa, initial_state: 's', final_states: ['abb'] }],
    [
      'greenery, with numbers',
      {
        alphabet,
        states: [0, 1, 2, 3],
        initial: 0,
        finals: [3],
        map: { 0: { a: 1, b: 0 }, 1: { a: 1, b: 2 }, 2: { a: 1, b: 3 }, 3: { a: 1, b: 0 } },
      },
    ],
    ['without lists', { start: 's', final: 'abb', transitions: moves }],
    [
      'states that describe themselves',
      {
        alphabet,
        states: [{ name: 's', initial: true }, { name: 'a' }, { name: 'ab' }, { name: 'abb', accepting: true }],
        transitions: triples,
      },
    ],
    [
      'moves in the states',
      {
        initial: 's',
        states: Object.fromEntries(
          Object.entries(moves).map(([name, on]) => [name, name === 'abb' ? { on, type: 'final' } : { on }]),
        ),
      },
    ],
    [
      'empty moves',
      {
        ...endsInAbb,
        states: [...states, 'x'],
        transitions: { ...nfa, s: { a: ['s'], b: ['s'], '': ['x'] }, x: { a: ['a'] } },
      },
    ],
    [
      'an empty move in a list',
      {
        ...endsInAbb,
        states: [...states, 'x'],
        initial_states: undefined,
        transitions: [
          ['s', 'a', 's'],
          ['s', 'b', 's'],
          ['s', 'ε', 'x'],
          ['x', 'a', 'a'],
          ['a', 'b', 'ab'],
          ['ab', 'b', 'abb'],
        ],
      },
    ],
  ])('%s', (_, description) => {
    expect(minimalOf(written(description))).toEqual(ofExpression('(a|b)*abb'));
  });

  it('reads a nondeterministic one as its words say (fast-check)', () => {
    const state = fc.integer({ min: 0, max: 4 });
    const move = fc.tuple(state, fc.constantFrom('a', 'b', ''), state);
    fc.assert(
      fc.property(fc.array(move, { maxLength: 14 }), fc.uniqueArray(state, { maxLength: 3 }), (list, accepting) => {
        const { automaton } = readAutomaton(
          written({ alphabet: ['a', 'b'], states: [0, 1, 2, 3, 4], initial: 0, accepting, transitions: list }),
        );
        for (let length = 0; length <= 5; length++)
          for (const word of everyWord(2, length)) expect(automaton.accepts(word)).toBe(accepts(list, accepting, word));
      }),
      { numRuns: 150 },
    );
  });
});

/** All states that a word can lead to, one by one: no table, no sets of sets. */
function accepts(
  list: readonly (readonly [number, string, number])[],
  accepting: readonly number[],
  word: readonly number[],
): boolean {
  const closed = (states: Set<number>) => {
    for (const state of states)
      for (const [from, symbol, to] of list) if (from === state && symbol === '') states.add(to);
    return states;
  };
  let states = closed(new Set([0]));
  for (const symbol of word)
    states = closed(
      new Set(list.flatMap(([from, read, to]) => (states.has(from) && read === 'ab'[symbol] ? [to] : []))),
    );
  return accepting.some((state) => states.has(state));
}

it('runs through the states of the file, and a sink where moves are missing', () => {
  const task = own({
    alphabet: ['a', 'b'],
    states: ['q 0', 'q1', 'far away'],
    initial_state: 'q 0',
    accepting_states: ['q1'],
    transitions: { 'q 0': { a: 'q1' }, q1: { b: 'q 0' } },
  });
  const { alphabets } = task;
  expect(alphabets).toEqual({ input: ['a', 'b'], output: ['no', 'yes'], trace: ['q_0', 'q1', 'sink'] });
  expect(task.trace!([0, 1, 0, 0, 1]).map((state) => alphabets.trace![state])).toEqual([
    'q1',
    'q_0',
    'q1',
    'sink',
    'sink',
  ]);
  expect(task.aligned!([0, 1, 0, 0, 1])).toEqual([1, 0, 1, 0, 0]);
  expect(task.solve([0, 1, 0])).toEqual([1]);
  expect(task.smallestWords!()).toEqual({ members: [[0], [0, 1, 0], [0, 1, 0, 1, 0]], nonMembers: [[], [1], [0, 0]] });
  expect(() => task.sample(createRng(1), 4)).toThrow(/"automaton" has no member of length 4/);
});

it('has the class of its semigroup', () => {
  const classOf = (description: object) => {
    const { meta } = unitOf(createAutomatonTask('x', written(description)))!;
    return 'circuitClass' in meta && meta.circuitClass.name;
  };
  expect(classOf({ ...endsInAbb, transitions: moves })).toBe('AC0');
  const parity = { start: 'e', final: ['e'], transitions: { e: { 0: 'e', 1: 'o' }, o: { 0: 'o', 1: 'e' } } };
  expect(classOf(parity)).toBe('ACC0 (not AC0)');
  // All permutations of five places, from a swap and a rotation.
  const s5 = [0, 1, 2, 3, 4].map((at) => [String(at), { s: [1, 0, 2, 3, 4][at], r: (at + 1) % 5 }]);
  expect(classOf({ start: 0, final: [0], transitions: Object.fromEntries(s5) as object })).toBe('NC1-complete');
  // The length modulo 2, which AC0 circuits know, although the states make a group.
  expect(classOf({ start: 'e', final: ['e'], transitions: { e: { 0: 'o', 1: 'o' }, o: { 0: 'e', 1: 'e' } } })).toBe(
    'AC0',
  );
  expect(circuitClassOfLanguage(compileExpression('(a|b)*a(a|b){8}').automaton).name).toBe('AC0');
});

it('knows solvable groups', () => {
  const all = (points: number[]): number[][] =>
    points.length === 0
      ? [[]]
      : points.flatMap((first) => all(points.filter((each) => each !== first)).map((rest) => [first, ...rest]));
  const isEven = (list: number[]) => list.flatMap((a, i) => list.slice(i).filter((b) => b < a)).length % 2 === 0;
  expect(isSolvable(all([0, 1, 2, 3]))).toBe(true);
  expect(isSolvable(all([0, 1, 2, 3, 4]))).toBe(false);
  expect(isSolvable(all([0, 1, 2, 3, 4]).filter(isEven))).toBe(false);
  // S4 beside a rotation of three other points: 72 elements.
  const beside = all([0, 1, 2, 3]).flatMap((one) =>
    [
      [4, 5, 6],
      [5, 6, 4],
      [6, 4, 5],
    ].map((two) => [...one, ...two]),
  );
  expect(isSolvable(beside)).toBe(true);
});

it.each<[string | object, RegExp]>([
  ['{"alphabet": [1,]}', /made of the automaton: line 1, column 17: this is not JSON: a value was expected/],
  ['<automaton/>', /it is XML, such as JFLAP writes; it is read in JSON/],
  [[1], /not an object with alphabet/],
  [{ ...endsInAbb }, /it has no transitions/],
  [
    { ...endsInAbb, transitions: moves, initial_state: undefined, initial_stat: 's' },
    /it has no initial_state; "initial_stat" is not a name of it/,
  ],
  [{ alphabt: ['a'], start: 's', final: 's', transitions: moves }, /it has no alphabet; "alphabt" is not a name of it/],
  [
    { ...endsInAbb, transitions: moves, initial_state: 'S' },
    /initial_state: there is no state "S"; did you mean "s"\?/,
  ],
  [
    { ...endsInAbb, transitions: { ...moves, s: { a: 'abc' } } },
    /transitions: "s", "a": there is no state "abc"; did you mean "ab"/,
  ],
  [{ ...endsInAbb, transitions: { s: { c: 'a' } } }, /transitions: "s", "c": there is no symbol "c"/],
  [{ ...endsInAbb, transitions: [['s', 'a']] }, /transitions\[0\]: a move is \[from, symbol, to\], not \["s","a"\]/],
  [
    { ...endsInAbb, transitions: [{ from: 's', symbol: 'a' }] },
    /transitions\[0\]: a move has "from", "symbol" and "to"; "to" is missing/,
  ],
  [{ ...endsInAbb, states: ['s', 's'], transitions: moves }, /states: "s" is there twice/],
  [{ ...endsInAbb, alphabet: ['a', ' '], transitions: {} }, /alphabet: white space is no symbol/],
  [{ ...endsInAbb, stack_alphabet: ['Z'], transitions: moves }, /"stack_alphabet": only finite automata/],
  [{ start: 0, final: [0], transitions: [[0, 'a', 0]] }, /there is one symbol, "a", and so one word of each length/],
  [
    {
      start: 0,
      final: [0],
      transitions: [
        [0, 'a', 0],
        [0, 'b', 0],
      ],
    },
    /no length with both members and non-members/,
  ],
])('%j is refused with place and remedy', (description, message) => {
  const text = typeof description === 'string' ? description : written(description);
  expect(() => new (createAutomatonTask('bad.json', text))()).toThrow(message);
});
