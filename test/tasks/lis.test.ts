import { LongestIncreasing } from '../../tasks/lis';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Quadratic dynamic program: the longest that ends at each place. */
function table(input: readonly number[]): number[] {
  const lengths: number[] = [];
  for (const number of input) {
    let longest = 0;
    lengths.forEach((length, i) => {
      if (input[i]! < number && length > longest) longest = length;
    });
    lengths.push(longest + 1);
  }
  return lengths;
}
const padded = (value: number, length: number) => [...String(value).padStart(String(length).length, '0')].map(Number);

describe('lis', () => {
  const lis = new LongestIncreasing();

  it('agrees with the quadratic dynamic program', () => {
    expectSameAnswers(lis, (input) => padded(Math.max(...table(input)), input.length));
  });

  it('traces that table', () => {
    for (const input of sampleInputs(lis, 60, 30))
      expect(lis.trace(input)).toEqual(table(input).flatMap((length) => padded(length, 60)));
  });

  it('draws numbers uniformly', () => {
    expectDistribution(tally(sampleInputs(lis, 64, 400).flat(), 64), uniformShares(64));
  });
});
