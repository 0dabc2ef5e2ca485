import type { TaskMeta } from '../../src/core/contracts/task';
import { evaluatedLengths } from '../../src/data/lengths';
import { Protocol } from '../../src/core/protocol';
import { createRng } from '../../src/core/random';
import { unitOf } from '../../registry/units';
import { taskConformance } from '../../src/testing/task-conformance';
import { createRegexTask } from '../../tasks/regex';
import { createGrammarTask, Grammar } from '../../tasks/grammar';
import { parseGrammar } from '../../tasks/parts/backus-naur';
import { ContextFreeLanguage, terminalsOf } from '../../tasks/parts/context-free';
import { associativeForm } from '../../tasks/parts/associative-form';
import { automatonOf, usefulRules } from '../../tasks/parts/regular-grammar';
import { compileExpression } from '../../tasks/parts/regular-expression';
import { expectDistribution, tally } from '../support/statistics';
import { everyWord, wordNumber } from '../support/tasks/every-word';
import { describeRecognition } from '../support/tasks/recognition';
import { sampleInputs } from '../support/tasks/second-solver';

const metaOf = (text: string) => unitOf(createGrammarTask('own', text))!.meta as TaskMeta;

/** Postfix expressions over + - x: a + takes two values, a - one, and one value is left. */
function isPostfix(word: readonly number[]): boolean {
  let values = 0;
  return word.every((symbol) => (values += symbol === 2 ? 1 : symbol === 0 ? -1 : 0) >= 1) && values === 1;
}

/** Grammars with a recogniser of their words. */
const grammars: [string, string, (text: string) => boolean][] = [
  [
    'palindromes',
    '<p> ::= "a" <p> "a" | "b" <p> "b" | "a" | "b" | ""',
    (text) => text === [...text].reverse().join(''),
  ],
  [
    'twice as many',
    '<s> ::= "a" <s> "b" "b" | "a" "b" "b"',
    (text) =>
      /^(a*)(b*)$/.test(text) &&
      text.lastIndexOf('a') * 2 + 2 === text.length - text.lastIndexOf('a') - 1 &&
      text[0] === 'a',
  ],
  ['ambiguous', '<s> ::= <s> <s> | "a" | "b" "b"', (text) => /^(a|bb)+$/.test(text)],
  ['regular', '<s> ::= "a" <s> | "b" <t>\n<t> ::= "b" <t> | ""', (text) => /^a*b+$/.test(text)],
  [
    'nullable chains',
    "<s> ::= <x> <y> <x>\n<x> ::= <z> | ''\n# a comment\n<z> ::= 'a'\n<y> ::= <y> 'b' | <x>",
    (text) => /^a?(a?b*)a?$/.test(text),
  ],
];

describe.each(grammars)('grammar of %s', (_, text, recognises) => {
  const language = new ContextFreeLanguage(parseGrammar(text));

  it('recognises and counts its words', () => {
    for (let length = 1; length <= 9; length++) {
      const words = everyWord(2, length);
      const read = (word: readonly number[]) => word.map((id) => language.terminals[id]).join('');
      for (const word of words)
        if (language.contains(word) !== recognises(read(word))) throw new Error(`"${read(word)}"`);
      const members = BigInt(words.filter((word) => language.contains(word)).length);
      expect(language.countTrees(length) >= members).toBe(true);
      expect(language.countTrees(length) > 0n).toBe(members > 0n);
    }
  });

  it('draws its words uniformly, whatever their derivations', () => {
    const members = everyWord(2, 6).filter((word) => language.contains(word));
    const place = new Map(members.map((word, i) => [wordNumber(word, 2), i]));
    const rng = createRng('words');
    const drawn = Array.from({ length: 200 * members.length }, () =>
      place.get(wordNumber(language.sample(rng, 6), 2))!,
    );
    if (members.length > 0)
      expectDistribution(
        tally(drawn, members.length),
        members.map(() => 1),
      );
  });
});

describe('grammar', () => {
  const grammar = new Grammar();

  describeRecognition(grammar, isPostfix, { length: 7, perLength: 8 });

  it('counts its words as Motzkin paths are counted', () => {
    const language = new ContextFreeLanguage(parseGrammar('<e> ::= "x" | <e> "-" | <e> <e> "+"'));
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((length) => language.countTrees(length))).toEqual([
      1n,
      1n,
      2n,
      4n,
      9n,
      21n,
      51n,
      127n,
    ]);
    // M(n) (n + 2) = M(n - 1) (2n + 1) + M(n - 2) (3n - 3), far beyond doubles
    let [before, now] = [1n, 1n];
    for (let n = 2n; n < 150n; n++) [before, now] = [now, (now * (2n * n + 1n) + before * (3n * n - 3n)) / (n + 2n)];
    expect(language.countTrees(150)).toBe(now);
  });

  it('says at which length there is no member', () => {
    const task = new (createGrammarTask('pairs', '<s> ::= "a" <s> "b" | "a" "b"'))();
    expect(() => task.sample(createRng(1), 7)).toThrow(/no member of length 7/);
    expect(task.sample(createRng(1), task.inputLength!(7))).toHaveLength(6);
  });

  it('finds out whether the rules are those of a regular language', () => {
    expect(metaOf('<s> ::= "a" <s> | "b"').level).toBe('regular');
    expect(metaOf('<s> ::= <s> "a" | "b"').level).toBe('regular');
    expect(metaOf('<s> ::= "a" <s> "b" | "b"').level).toBe('context-free');
  });

  for (const { name, applies, run } of taskConformance(createGrammarTask('own', '<s> ::= "a" <s> "b" | "a" "b"'), {
    lengths: [1, 2, 5, 12, 40],
  }))
    (applies ? it : it.skip)(`of one's own ${name}`, run);

  it('by default needs one counter', () => {
    const [plus, minus, x] = ['+', '-', 'x'].map((symbol) => grammar.alphabets.input.indexOf(symbol));
    const isCounted = (word: readonly number[]) => {
      let height = 0;
      for (const symbol of word) {
        if ((symbol === minus && height < 1) || (symbol === plus && height < 2)) return false;
        height += symbol === x ? 1 : symbol === plus ? -1 : 0;
      }
      return height === 1;
    };
    for (let length = 1; length <= 8; length++)
      for (const word of everyWord(3, length))
        expect([word, grammar.solve(word)]).toEqual([word, [Number(isCounted(word))]]);
    for (const length of [20, 41, 100])
      for (const word of sampleInputs(grammar, length, 100))
        expect(grammar.solve(word)).toEqual([Number(isCounted(word))]);
    const { level, circuitClass } = metaOf('<e> ::= "x" | <e> "-" | <e> <e> "+"');
    expect([level, circuitClass.name]).toEqual(['counter', 'TC0']);
  });

  it('keeps the classes balanced at long lengths', () => {
    const answers = sampleInputs(grammar, 100, 300).map((input) => grammar.solve(input)[0]!);
    expectDistribution(tally(answers, 2), [1, 1]);
  });

  it.each([
    ['<s> ::= <t>', /<t> is not defined/],
    ['a grammar', /line 1: a rule starts with <name> ::=/],
    ['<s> ::= "a" <s> | ""', /there is one symbol, "a", and so one word of each length/],
    ['<s> ::= "a" b', /line 1: "b" is neither a quoted symbol/],
    ['<s> ::= "a b"', /white space is no symbol/],
    ['<s> ::= ""', /it names no symbol/],
    ['', /it names no symbol/],
    ['<s> ::= <s> <s> | "a" | "b"', /no length with both members and non-members/],
  ])('refuses %j', (text, message) => {
    expect(() => new (createGrammarTask('bad', text))()).toThrow(message);
  });
});

/** The minimal automaton of a grammar, where it is turned into one. */
function minimalOf(text: string) {
  const rules = parseGrammar(text);
  const automaton = automatonOf(usefulRules(associativeForm(usefulRules(rules))), terminalsOf(rules));
  return (
    automaton && { symbols: terminalsOf(rules), transitions: automaton.transitions, accepting: automaton.accepting }
  );
}
const ofExpression = (expression: string) => {
  const { symbols, automaton } = compileExpression(expression);
  return { symbols, transitions: automaton.transitions, accepting: automaton.accepting };
};

/** At most two zeros in a row, as a grammar that is linear to the right. */
const fewZeros = '<q0> ::= "1" <q0> | "0" <q1> | ""\n<q1> ::= "1" <q0> | "0" <q2> | ""\n<q2> ::= "1" <q0> | ""';

describe('a grammar without a rule that embeds itself', () => {
  it.each<[string, string, string]>([
    ['linear to the right', fewZeros, '(1|01|001)*(0|00)?'],
    ['linear to the left', 'S -> S a | T b\nT -> T c | a', 'ac*ba*'],
    ['with chains of terminals and unit rules', 'S -> a b S | T\nT -> U\nU -> c c U | ε', '(ab)*(cc)*'],
    ['with two rules that call each other', 'S -> a T | ε\nT -> b S', '(ab)*'],
    ['to the left, and to the right', 'S -> L R\nL -> L a | b\nR -> c R | d', 'ba*c*d'],
    ['called from both sides of another', 'S -> A b A\nA -> a A | c', 'a*cba*c'],
    ['finite', 'S -> A A | c\nA -> a | b | ε', '(a|b)?(a|b)?|c'],
    ['EBNF', 'S = { "a" | "b" , "c" } , [ "d" ] ;', '(a|bc)*d?'],
    ['with rules of no use', 'S -> a S | b | N\nN -> c N d\nM -> M a M', '(a*b|[c]{0}[d]{0}a*b)'],
    ['a list, ambiguous as it is', 'L -> L , L | x | y', '(x|y)(,(x|y))*'],
    ['a repetition of words, ambiguous as it is', 'S -> S S | a | b b | ε', '(a|bb)*'],
    ['on both sides of one symbol', 'S -> a S | S c | b', 'a*bc*'],
    ['that lets nothing stand in the middle', 'S -> a S | S a | b S | ε', '(a|b)*'],
  ])('is the automaton it is: %s', (_, text, expression) => {
    expect(minimalOf(text)).toEqual(ofExpression(expression));
  });

  it.each(['<s> ::= "a" <s> "b" | ""', 'S -> a S a | b', 'S -> A S B | ε\nA -> a\nB -> b'])(
    'is not made of %j, whose rule embeds itself',
    (text) => {
      expect(minimalOf(text)).toBeUndefined();
    },
  );

  it('has trace, labels of prefixes and the class of regular languages', () => {
    const { level, circuitClass, labels } = metaOf(fewZeros);
    expect([level, circuitClass.name, labels]).toEqual(['regular', 'AC0', { final: true, aligned: true }]);
    expect(metaOf('S -> a T | b S | ε\nT -> a S | b T').circuitClass.name).toBe('ACC0 (not AC0)');
    const task = new (createGrammarTask('own', fewZeros))();
    const regex = new (createRegexTask('(1|01|001)*(0|00)?'))();
    for (const input of sampleInputs(task, 30, 40)) {
      expect(task.trace!(input)).toEqual(regex.trace!(input));
      expect(task.aligned!(input)).toEqual(regex.aligned!(input));
      expect(task.solve(input)).toEqual(regex.solve(input));
    }
    expect(task.smallestWords!()).toEqual({
      members: [[], [0], [1]],
      nonMembers: [
        [0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ],
    });
  });

  for (const { name, applies, run } of taskConformance(createGrammarTask('own', fewZeros)))
    (applies ? it : it.skip)(name, run);
});

/** Whether brackets of all kinds are closed in their order. */
function isBalanced(text: string): boolean {
  const open: string[] = [];
  return (
    [...text].every((sign) =>
      '([{'.includes(sign) ? open.push(sign) > 0 : '([{'.indexOf(open.pop()!) === ')]}'.indexOf(sign),
    ) && open.length === 0
  );
}
/** Whether the text is an expression, read by descent: terms and signs between them. */
function isExpression(text: string, signs: string): boolean {
  let at = 0;
  const term = (): boolean => {
    if (text[at] === '-' && signs.includes('-')) return (at++, term());
    if (text[at] === '(') return (at++, sum() && text[at++] === ')');
    return text[at++] === 'x';
  };
  const sum = (): boolean => {
    if (!term()) return false;
    while (at < text.length && signs.includes(text[at]!)) {
      at++;
      if (!term()) return false;
    }
    return true;
  };
  return sum() && at === text.length;
}
const count = (text: string, sign: string) => text.split(sign).length - 1;
const isEqual = (text: string) => count(text, 'a') === count(text, 'b');

describe.each<[string, string, (text: string) => boolean, 'words' | 'trees']>([
  ['brackets', '<S> ::= <S> <S> | "(" <S> ")" | ""', isBalanced, 'words'],
  ['two pairs of brackets without the empty word', 'S -> S S | ( S ) | [ S ] | ( ) | [ ]', isBalanced, 'words'],
  ['expressions', 'E -> E + E | E * E | ( E ) | x', (text) => isExpression(text, '+*'), 'words'],
  [
    'expressions by way of other rules',
    'E -> S | P | x | ( E )\nS -> E + E\nP -> E * E',
    (text) => isExpression(text, '+*'),
    'words',
  ],
  ['lists', 'L -> L , L | [ L ] | x', (text) => /^x?$/.test(reduced(text)), 'words'],
  [
    'unions',
    'S -> X | Y\nX -> a X b | ε\nY -> a Y b b | ε',
    (text) => /^a*b*$/.test(text) && [1, 2].some((k) => count(text, 'a') * k === count(text, 'b')),
    'words',
  ],
  [
    'two equal among three',
    'S -> X C | A Y\nX -> a X b | ε\nY -> b Y c | ε\nC -> c C | ε\nA -> a A | ε',
    (text) => /^a*b*c*$/.test(text) && (isEqual(text) || count(text, 'b') === count(text, 'c')),
    'words',
  ],
  ['palindromes', 'S -> a S a | b S b | a | b | ε', (text) => text === [...text].reverse().join(''), 'words'],
  ['as many a as b', 'S -> a S b | b S a | S S | ε', isEqual, 'trees'],
  ['an else that dangles', 'S -> i S e S | i S | s', (text) => isConditional(text), 'trees'],
])('an ambiguous grammar: %s', (_, text, recognises, law) => {
  const Task = createGrammarTask('own', text);
  const task = new Task();
  const read = (word: readonly number[]) => word.map((id) => task.alphabets.input[id]).join('');

  it('recognises its words', () => {
    const symbols = task.alphabets.input.length;
    for (let length = 1; symbols ** length <= 5000; length++)
      for (const word of everyWord(symbols, length))
        if ((task.solve(word)[0] === 1) !== recognises(read(word))) throw new Error(read(word));
  });

  it('is drawn and answered up to 256 symbols, half of the words being members', () => {
    const lengths = evaluatedLengths(task, new Protocol());
    const all = Object.values(lengths).flatMap((range) => range.lengths);
    expect(all.at(-1)).toBeGreaterThanOrEqual(255);
    const answers = all.flatMap((length) =>
      sampleInputs(task, length, 20).map((word) => {
        expect(task.solve(word)[0] === 1).toBe(recognises(read(word)));
        return task.solve(word)[0]!;
      }),
    );
    expectDistribution(tally(answers, 2), [1, 1]);
  });

  it('says by what law', () => {
    expect(task.law !== undefined).toBe(law === 'trees');
    expect(metaOf(text).summary.includes('derivation trees')).toBe(law === 'trees');
  });

  it('draws every member of a length, each equally often where the law is that of words', () => {
    const length = task.inputLength!(7);
    const members = everyWord(task.alphabets.input.length, length).filter((word) => recognises(read(word)));
    const place = new Map(members.map((word, i) => [word.join(), i]));
    const drawn = sampleInputs(task, length, 120 * members.length)
      .filter((word) => place.has(word.join()))
      .map((word) => place.get(word.join())!);
    const counts = tally(drawn, members.length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    if (law === 'words')
      expectDistribution(
        counts,
        members.map(() => 1),
      );
  });
});

/** A list with its innermost lists of x replaced by x, as long as there are any. */
function reduced(text: string): string {
  const once = text.replaceAll(/\[x\]|x,x/g, 'x');
  return once === text ? (text === 'x' ? 'x' : `no ${text}`) : reduced(once);
}
/** i S (e S)? | s: statements read by descent, where each e belongs to the nearest i without one. */
function isConditional(text: string): boolean {
  let [pending, at] = [0, 0];
  for (; at < text.length; at++) {
    while (text[at] === 'i') [pending, at] = [pending + 1, at + 1];
    if (text[at] !== 's') return false;
    if (at === text.length - 1) return true;
    if (text[at + 1] !== 'e' || pending === 0) return false;
    [pending, at] = [pending - 1, at + 1];
  }
  return false;
}
