import { AssociativeRecall } from '../../tasks/mqar';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('mqar', () => {
  const recall = new AssociativeRecall();

  it('agrees with looking each query up from the start', () => {
    expectSameAnswers(recall, (input) => {
      const lastValue = input.findLastIndex((symbol) => symbol >= 64);
      return input.slice(lastValue + 1).map((key) => input[input.indexOf(key) + 1]! - 64);
    });
  });

  it('has a third of the symbols in pairs of keys, up to all keys', () => {
    expect([3, 4, 40, 192, 500].map((length) => recall.answerLength(length))).toEqual([1, 2, 14, 64, 372]);
    expect([1, 2, 3, 4].map((length) => recall.inputLength(length))).toEqual([3, 3, 3, 4]);
  });

  it('draws distinct keys, values and queries uniformly', () => {
    const small = new AssociativeRecall({ keys: 4, values: 3 });
    const inputs = sampleInputs(small, 6, 12_000);
    const keyPairs = inputs.map((input) => 4 * input[0]! + input[2]!);
    const shares = Array.from({ length: 16 }, (_, code) => (code % 5 === 0 ? 0 : 1));
    expectDistribution(tally(keyPairs, 16), shares);
    expectDistribution(
      tally(
        inputs.map((input) => 3 * (input[1]! - 4) + input[3]! - 4),
        9,
      ),
      uniformShares(9),
    );
    expectDistribution(
      tally(
        inputs.map((input) => (input[4] === input[0] ? 0 : 1)),
        2,
      ),
      uniformShares(2),
    );
  });

  it.each([[[1, 70]], [[1, 70, 2]], [[70, 1]], [[1, 70, 1, 71, 72]]])('refuses %j', (input) => {
    expect(() => recall.solve(input)).toThrow(/not an input of "mqar"/);
  });
});
