import { BucketSort } from '../../tasks/bucket-sort';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { measureBaselines } from '../support/tasks/baselines';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('bucket-sort', () => {
  const bucketSort = new BucketSort();

  it('agrees with sorting by comparison', () => {
    expectSameAnswers(bucketSort, (input) => input.toSorted((a, b) => a - b));
  });

  it('has a position table that scores 90.1 % without looking at the input', () => {
    const lengths = Array.from({ length: 24 }, (_, i) => 41 + Math.round((i * 459) / 23));
    const { uniform, table } = measureBaselines(bucketSort, 600, lengths);
    expect(uniform).toBe(20);
    expect(Math.abs(table - 90.1)).toBeLessThan(0.7);
    // 78 % at length 41, 85.7 at 100, 90.0 at 200, 93.7 at 500
    for (const [length, published] of [
      [41, 78],
      [100, 85.7],
      [200, 90],
      [500, 93.7],
    ] as const)
      expect(Math.abs(measureBaselines(bucketSort, 2000, [length]).table - published)).toBeLessThan(0.8);
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(bucketSort, 2, 10_000).map(([a, b]) => 5 * a! + b!);
    expectDistribution(tally(codes, 25), uniformShares(25));
  });

  it('takes another number of symbols', () => {
    const sort = new BucketSort({ symbols: 12 });
    expect(sort.solve([11, 0, 5, 0])).toEqual([0, 0, 5, 11]);
    expect(sort.trace([11, 0, 5, 0])).toEqual([2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
  });
});
