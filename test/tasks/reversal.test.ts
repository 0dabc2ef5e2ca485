import { Reversal } from '../../tasks/reversal';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('reversal', () => {
  const reversal = new Reversal();

  it('agrees with a stack', () => {
    expectSameAnswers(reversal, (input) => {
      const stack = [...input];
      return input.map(() => stack.pop()!);
    });
  });

  it('writes a trace whose groups are the answer and a countdown', () => {
    for (const length of [1, 9, 10, 99, 100])
      for (const input of sampleInputs(reversal, length, 20)) {
        const width = String(length).length;
        const groups = reversal
          .trace(input)
          .join('')
          .match(new RegExp(`.{${width + 1}}`, 'g'))!;
        expect(groups.map((group) => Number(group[0]))).toEqual(reversal.solve(input));
        expect(groups.map((group) => Number(group.slice(1)))).toEqual(input.map((_, i) => length - 1 - i));
      }
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(reversal, 4, 16_000).map((input) => Number.parseInt(input.join(''), 2));
    expectDistribution(tally(codes, 16), uniformShares(16));
  });
});
