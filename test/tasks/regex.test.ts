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
    expect(['(ab)*', '(a|b)*abb', '(0|1(01*0)*1)*'].map(classOf)).toEqual(['AC0', 'AC0', 'NC1']);
  });

  for (const { name, applies, run } of taskConformance(createRegexTask('(a|b)*abb')))
    (applies ? it : it.skip)(`of one's own ${name}`, run);

  it.each([
    ['(a', /Unterminated group/],
    ['a(?=b)', /"\(\?=b\)" is not regular/],
    ['(a)\\1', /not regular/],
    ['a b', /white space/],
    ['(a|b)*', /no length with both members and non-members/],
    ['(aa)*', /no length with both/],
    ['a{9999}', /more than 5000 states/],
    ['^*', /Nothing to repeat|cannot be used|Invalid/],
    ['\\w', /names no symbol|not supported/],
  ])('refuses %s', (expression, message) => {
    expect(() => new (createRegexTask(expression))()).toThrow(message);
  });
});

it.each([
  ['(a|b)*a(a|b){20}', /its deterministic automaton has more than 4096 states/],
  ['(a|b)*a(a|b){400}', /its deterministic automaton has more than 4096 states/],
  ['[ -\u{ffff}]', /it names \d+ symbols, more than 256/],
  ['('.repeat(20_000), /it has more than 2000 characters/],
])('an expression that would take too long is refused: %.20s', (expression, problem) => {
  expect(() => createRegexTask(expression)).toThrow(problem);
});
