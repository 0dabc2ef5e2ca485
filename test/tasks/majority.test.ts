import { Majority } from '../../tasks/majority';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('majority', () => {
  const majority = new Majority();

  it('agrees with the middle of the sorted string', () => {
    expectSameAnswers(majority, (input) => [input.toSorted()[Math.floor(input.length / 2)]!]);
  });

  it('draws every number of ones but the tie equally often', () => {
    const ones = (input: readonly number[]) => input.filter((bit) => bit === 1).length;
    const odd = sampleInputs(majority, 9, 10_000).map(ones);
    expectDistribution(tally(odd, 10), uniformShares(10));
    const even = sampleInputs(majority, 10, 10_000).map(ones);
    expectDistribution(tally(even, 11), [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]);
  });

  it('writes the running difference with its sign', () => {
    const read = (input: readonly number[]) =>
      majority
        .trace(input)
        .map((id) => majority.alphabets.trace[id])
        .join('');
    expect(read([0, 0, 1, 1, 1])).toBe('-1-2-1+0+1');
    expect(read(new Array<number>(10).fill(0))).toBe('-01-02-03-04-05-06-07-08-09-10');
  });

  it('refuses a tie', () => expect(() => majority.solve([0, 1])).toThrow(/equally many/));
});
