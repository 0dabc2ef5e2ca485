import { createRng } from '../../src/core/random';
import { unitOf } from '../../registry/units';
import { taskConformance } from '../../src/testing/task-conformance';
import { compileExpression } from '../../tasks/parts/regular-expression';
import { createRegexTask, Regex } from '../../tasks/regex';
import { everyWord } from '../support/tasks/every-word';
import { describeRecognition } from '../support/tasks/recognition';

/** Expressions with the number of states of their minimal automaton. */
const expressions: [string, number][] = [
  ['(ab)*', 3],
  ['(a|b)*abb', 4],
  ['a{2,3}b?', 6],
  ['a+b+c+', 5],
  ['(ab|aabb)*', 5],
  ['(1(01*0)*1|0)*', 3],
  ['^(a|bc)+$', 4],
  ['[ab][^b]*.', 5],
  ['x(?:y|z){2,}', 5],
  ['\\d+(\\.\\d+)?', 5],
];

describe.each(expressions)('regex:%s', (expression, states) => {
  const { symbols, automaton } = compileExpression(expression);

  it('recognises what the expression matches', () => {
    const pattern = new RegExp(`^(?:${expression})$`, 'u');
    for (let length = 0; symbols.length ** length <= 3000; length++)
      for (const word of everyWord(symbols.length, length)) {
        const text = word.map((id) => symbols[id]).join('');
        if (automaton.accepts(word) !== pattern.test(text)) throw new Error(`"${text}"`);
      }
  });

  it('has a minimal automaton that counts its words', () => {
    expect(automaton.accepting).toHaveLength(states);
    for (let length = 0; symbols.length ** length <= 3000; length++) {
      const members = everyWord(symbols.length, length).filter((word) => automaton.accepts(word));
      expect(automaton.words(true).count(length)).toBe(BigInt(members.length));
    }
  });
});

describe('regex', () => {
  describeRecognition(new Regex(), (input) => /^(01|0011)*$/.test(input.join('')), { length: 10 });

  it('counts words exactly far beyond doubles', () => {
    // Words over two symbols without bb: Fibonacci numbers.
    const { automaton } = compileExpression('(a|ba)*b?');
    let [before, now] = [1n, 2n];
    for (let length = 1; length < 500; length++) [before, now] = [now, before + now];
    expect(automaton.words(true).count(500)).toBe(now);
  });

  it('says at which length there is no member, and which is near', () => {
    const task = new (createRegexTask('(ab)*'))();
    expect(() => task.sample(createRng(1), 5)).toThrow(/"regex:\(ab\)\*" has no member of length 5/);
    expect(() => task.sample(createRng(1), 5)).toThrow(/length 4/);
    expect(task.sample(createRng(1), task.inputLength!(5))).toHaveLength(4);
  });

  it('takes more symbols than the expression names', () => {
    const task = new Regex({ expression: 'a*', symbols: 'b' });
    expect(task.alphabets.input).toEqual(['a', 'b']);
    expect([task.solve([0, 0]), task.solve([0, 1])]).toEqual([[1], [0]]);
  });

  it('names the circuit class it can prove', () => {
    const classOf = (expression: string) => {
      const { meta } = unitOf(createRegexTask(expression))!;
      return 'circuitClass' in meta && meta.circuitClass.name;
    };
    // Star-free; words of one length make no group (only the length is counted); a solvable group: parity, and S3.
    expect(['(ab)*', '(a|b)*abb', '((a|b)(a|b))*(a|b){2}b', '(b*ab*a)*b*', '(0|1(01*0)*1)*'].map(classOf)).toEqual([
      'AC0',
      'AC0',
      'AC0',
      'ACC0 (not AC0)',
      'ACC0 (not AC0)',
    ]);
    // Its semigroup has more than 10 thousand elements: no more is said than holds of every regular language.
    expect(classOf('(a|b)*a(a|b){11}')).toBe('NC1');
  });

  for (const { name, applies, run } of taskConformance(createRegexTask('(a|b)*abb')))
    (applies ? it : it.skip)(`of one's own ${name}`, run);

  it.each([
    ['(a', /Unterminated group/],
    ['a(?=b)', /"\(\?=b\)" is not regular/],
    ['(a)\\1', /not regular/],
    ['a b', /white space/],
    ['(a|b)*', /no length with both members and non-members/],
    ['(aa)*', /there is one symbol, "a", and so one word of each length/],
    ['a{9999}', /its minimal automaton has 10001 states, and at most 4096 fit/],
    ['a{99999}', /written out it has more than 20000 states/],
    ['^*', /Nothing to repeat|cannot be used|Invalid/],
    ['\\w', /names no symbol|not supported/],
  ])('refuses %s', (expression, message) => {
    expect(() => new (createRegexTask(expression))()).toThrow(message);
  });
});

it.each([
  ['(a|b)*a(a|b){12}', /its minimal automaton has 8192 states, and at most 4096 fit/],
  ['(a|b)*a(a|b){20}', /its deterministic automaton has more than 16384 states/],
  ['(a|b)*a(a|b){400}', /its deterministic automaton has more than \d+ states/],
  ['[ -\u{ffff}]', /it names \d+ symbols, more than 256/],
  ['('.repeat(20_000), /it has more than 2000 characters/],
])('an expression that would take too long is refused: %.20s', (expression, problem) => {
  expect(() => createRegexTask(expression)).toThrow(problem);
});

it.each([
  ['((a|b){50}){50}', 2502],
  ['(a?){30}a{30}', 62],
  ['(a|b)*a(a|b){8}', 512],
  ['a{3000}', 3002],
])('a large one has its states: %s', (expression, states) => {
  expect(compileExpression(expression).automaton.accepting).toHaveLength(states);
});

describe('signs of formal-language texts', () => {
  const shapeOf = (expression: string) => {
    const { symbols, automaton } = compileExpression(expression);
    return { symbols, transitions: automaton.transitions, accepting: automaton.accepting };
  };

  it.each([
    ['a*(b∪ε)', 'a*b?'],
    ['a*(b|λ)c', 'a*b?c'],
    ['(ϵ|ab)ba', '(ab)?ba'],
    ['a·b∘c⋅a', 'abca'],
    ['(ab)⁺', '(ab)+'],
    ['(ab)^+c^2', '(ab)+c{2}'],
    ['(ab)^*', '(ab)*'],
    ['a²b¹⁰', 'a{2}b{10}'],
    ['a(b|∅)', 'ab'],
    ['abΣ*', 'ab[ab]*'],
    ['a[λ]b', 'a\\u03bbb'],
    ['a\\λb', 'a\\u03bbb'],
    ['[ε∪]', '[\\u03b5\\u222a]'],
  ])('%s is %s', (texts, ours) => {
    expect(shapeOf(texts)).toEqual(shapeOf(ours));
  });

  it.each([
    [
      '(a+b)*',
      'position 3: "+" may be a union, which is written | ((a|b)*), or mean one or more, which is then written {1,} ((a{1,}b)*)',
    ],
    ['((ab)+c)*', 'may be a union'],
    ['(a + b)*a', 'position 4: "+" may be a union, which is written | ((a|b)*a).'],
    ['a*+b*', 'may be a union, which is written | (a*|b*)'],
    ['ε+a', 'may be a union'],
    ['(a|b)*∩a*', 'position 7: "∩" is intersection, which is not read; write an automaton instead'],
    ['(ab)ⁿ', 'position 5: "ⁿ" is no sign of expressions; write [ⁿ] for the symbol'],
    ['a^nb^n', 'position 2: powers are numbers, and "^n" is none; a^3 is written a{3}'],
    [
      '(aa)*',
      'one word of each length: no length has both members and non-members; b{0} behind it names one more symbol',
    ],
    ['a≤b', 'position 2: "≤" is no sign of expressions; write [≤] for the symbol'],
    ['a∪(b', 'position 5: Unterminated group'],
  ])('%s is refused with the way to write it', (expression, problem) => {
    expect(() => new (createRegexTask(expression))()).toThrow(problem);
  });

  it.each(['a+', 'a+b+c+', '(a|b)+', '(ab)+', 'x+y', '(a+b+)*', 'a+(b|c)'])('%s is JavaScript', (expression) => {
    const { symbols, automaton } = compileExpression(expression);
    const pattern = new RegExp(`^(?:${expression})$`);
    for (let length = 0; length <= 6; length++)
      for (const word of everyWord(symbols.length, length))
        expect(automaton.accepts(word)).toBe(pattern.test(word.map((id) => symbols[id]).join('')));
  });
});

it('has the symbols that stand behind it no times', () => {
  const task = new (createRegexTask('(aa)*b{0}'))();
  expect(task.alphabets.input).toEqual(['a', 'b']);
  expect([task.solve([0, 0]), task.solve([0, 1])]).toEqual([[1], [0]]);
});

it('tells its smallest words', () => {
  const task = new (createRegexTask('(ab)*'))();
  expect(task.smallestWords!()).toEqual({ members: [[], [0, 1], [0, 1, 0, 1]], nonMembers: [[0], [1], [0, 0]] });
});
