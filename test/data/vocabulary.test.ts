import { specialTokens, Vocabulary } from '../../src/data/vocabulary';
import type { AnswerMode } from '../../src/core/contracts/architecture';

const alphabets = { input: ['0', '1', '+'], output: ['1', '0', 'odd'], trace: ['carry', '1'] };
const modes = Object.keys(specialTokens) as AnswerMode[];

describe.each(modes)('the vocabulary of mode %s', (mode) => {
  const vocabulary = new Vocabulary(alphabets, mode);

  it('has padding as token 0, and each of its special tokens by name', () => {
    expect(vocabulary.tokens[0]).toBe('<padding>');
    for (const name of specialTokens[mode]) expect(vocabulary.tokens[vocabulary.special(name)]).toBe(name);
  });

  it('has a token for computation steps where there are some, behind its other special tokens', () => {
    const { tokens } = new Vocabulary(alphabets, mode, { hasComputation: true });
    const count = specialTokens[mode].length;
    expect(tokens[count]).toBe('<computation>');
    expect([...tokens.slice(0, count), ...tokens.slice(count + 1)]).toEqual(vocabulary.tokens);
  });

  it('has every symbol once: symbols of the same name are one token', () => {
    expect(new Set(vocabulary.tokens).size).toBe(vocabulary.size);
    const spelt = (tokens: readonly number[]) => tokens.map((token) => vocabulary.tokens[token]);
    expect(spelt(vocabulary.input)).toEqual(alphabets.input);
    expect(spelt(vocabulary.output)).toEqual(alphabets.output);
    expect(vocabulary.input[1]).toBe(vocabulary.output[0]);
  });

  it('knows of each token which id it is, if any', () => {
    expect(vocabulary.output.map((token) => vocabulary.outputId(token))).toEqual([0, 1, 2]);
    const others = vocabulary.tokens.map((_, token) => token).filter((token) => !vocabulary.output.includes(token));
    for (const token of others) expect(vocabulary.outputId(token)).toBe(-1);
  });
});

it('has symbols of the trace where a trace is written, and there alone', () => {
  const thinking = new Vocabulary(alphabets, 'chain-of-thought');
  expect(thinking.trace.map((token) => thinking.tokens[token])).toEqual(alphabets.trace);
  expect(thinking.trace.map((token) => thinking.traceId(token))).toEqual([0, 1]);
  const direct = new Vocabulary(alphabets, 'direct');
  expect(direct.trace).toEqual([]);
  expect(direct.tokens).not.toContain('carry');
});
