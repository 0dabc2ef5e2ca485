import { createRng } from '../../src/core/random';
import { unitOf } from '../../registry/units';
import { taskConformance } from '../../src/testing/task-conformance';
import { createGrammarTask, Grammar } from '../../tasks/grammar';
import { parseGrammar } from '../../tasks/parts/backus-naur';
import { ContextFreeLanguage } from '../../tasks/parts/context-free';
import { expectDistribution, tally } from '../support/statistics';
import { everyWord, wordNumber } from '../support/tasks/every-word';
import { describeRecognition } from '../support/tasks/recognition';
import { sampleInputs } from '../support/tasks/second-solver';

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
    const levelOf = (text: string) => {
      const { meta } = unitOf(createGrammarTask('own', text))!;
      return 'level' in meta && meta.level;
    };
    expect(levelOf('<s> ::= "a" <s> | "b"')).toBe('regular');
    expect(levelOf('<s> ::= <s> "a" | "b"')).toBe('regular');
    expect(levelOf('<s> ::= "a" <s> "b" | "b"')).toBe('context-free');
  });

  for (const { name, applies, run } of taskConformance(createGrammarTask('own', '<s> ::= "a" <s> "b" | "a" "b"'), {
    lengths: [1, 2, 5, 12, 40],
  }))
    (applies ? it : it.skip)(`of one's own ${name}`, run);

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
