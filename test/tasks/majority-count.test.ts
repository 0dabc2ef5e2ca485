import { MajorityCount } from '../../tasks/majority-count';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('majority-count', () => {
  const task = new MajorityCount();

  it('agrees with the longest run of the sorted string', () => {
    expectSameAnswers(task, (input) => {
      const sorted = input.toSorted((a, b) => a - b);
      let [run, longest] = [0, 0];
      sorted.forEach((symbol, i) => {
        run = symbol === sorted[i - 1] ? run + 1 : 1;
        longest = Math.max(longest, run);
      });
      return [longest % 63];
    });
  });

  it('counts modulo 63', () => {
    const run = (length: number) => task.solve(new Array<number>(length).fill(5));
    expect([62, 63, 64, 130].map(run)).toEqual([[62], [0], [1], [4]]);
  });

  it('labels every prefix with its own answer', () => {
    for (const input of sampleInputs(task, 60, 20))
      expect(task.aligned(input)).toEqual(input.map((_, i) => task.solve(input.slice(0, i + 1))[0]));
  });

  it('draws symbols uniformly', () => {
    expectDistribution(tally(sampleInputs(task, 64, 400).flat(), 64), uniformShares(64));
  });
});
