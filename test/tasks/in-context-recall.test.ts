import { InContextRecall } from '../../tasks/in-context-recall';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('in-context-recall', () => {
  const several = new InContextRecall();
  const one = new InContextRecall({ vocabulary: 16, multiQuery: false });
  // 0 to 7 are keys, 8 to 15 values, 16 is the mark.
  const lookUpFromTheStart = (input: readonly number[]) =>
    input.slice(input.indexOf(16) + 1).map((key) => input[input.indexOf(key) + 1]! - 8);

  it('agrees with looking each query up from the start', () => {
    expectSameAnswers(several, lookUpFromTheStart);
    expectSameAnswers(one, lookUpFromTheStart);
  });

  it('has about as many queries as pairs, or one', () => {
    expect([4, 5, 6, 7, 40, 128, 500].map((length) => several.answerLength(length))).toEqual([1, 2, 3, 2, 13, 43, 167]);
    expect([4, 6, 128].map((length) => one.answerLength(length))).toEqual([1, 1, 1]);
    expect([1, 4, 5, 6].map((length) => several.inputLength(length))).toEqual([4, 4, 5, 6]);
    expect([1, 4, 5, 6, 7].map((length) => one.inputLength(length))).toEqual([4, 4, 4, 6, 6]);
  });

  it('divides an odd vocabulary as MAD does: one value more than keys', () => {
    const { input, output } = new InContextRecall({ vocabulary: 5, multiQuery: true }).alphabets;
    expect(input).toEqual(['k0', 'k1', 'v0', 'v1', 'v2', '?']);
    expect(output).toEqual(['v0', 'v1', 'v2']);
  });

  it('draws keys, values and queries uniformly, and a key keeps its value', () => {
    const small = new InContextRecall({ vocabulary: 4, multiQuery: true });
    const inputs = sampleInputs(small, 7, 12_000);
    const two = inputs.map((input) => 2 * input[0]! + input[2]!);
    expectDistribution(tally(two, 4), uniformShares(4));
    const different = inputs.filter((input) => input[0] !== input[2]);
    const values = different.map((input) => 2 * (input[1]! - 2) + input[3]! - 2);
    expectDistribution(tally(values, 4), uniformShares(4));
    const asked = different.map((input) => (input[5] === input[0] ? 0 : 1));
    expectDistribution(tally(asked, 2), uniformShares(2));
    for (const input of inputs) if (input[0] === input[2]) expect(input[1]).toBe(input[3]);
  });

  it('takes the value that was given last where a key has two', () => {
    expect(several.solve([0, 8, 0, 9, 16, 0])).toEqual([1]);
  });

  it.each([[[0, 8]], [[0, 8, 16]], [[0, 8, 16, 1]], [[0, 16, 0]], [[0, 1, 16, 0]], [[8, 0, 16, 0]], [[0, 8, 16, 8]]])(
    'refuses %j',
    (input) => {
      expect(() => several.solve(input)).toThrow(/not an input of "in-context-recall"/);
    },
  );
});
