import fc from 'fast-check';
import { best, lowerMedian, mean, median } from '../../../src/studies/statistics/summaries';

const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });

test('the median of an odd number is the middle one, of an even number the mean of two, or the lower one', () => {
  expect([median([0.9, 0.1, 0.5]), lowerMedian([0.9, 0.1, 0.5])]).toEqual([0.5, 0.5]);
  expect([median([1, 0, 0.5, 0.7]), lowerMedian([1, 0, 0.5, 0.7])]).toEqual([expect.closeTo(0.6), 0.5]);
});

test('the lower median is one of the values, and no larger than the median', () => {
  fc.assert(
    fc.property(values, (list) => {
      expect(list).toContain(lowerMedian(list));
      expect(lowerMedian(list)).toBeLessThanOrEqual(median(list));
    }),
    { seed: 22 },
  );
});

test('half of the values are at most the median, half at least', () => {
  fc.assert(
    fc.property(values, (list) => {
      const middle = median(list);
      expect(list.filter((value) => value <= middle).length).toBeGreaterThanOrEqual(list.length / 2);
      expect(list.filter((value) => value >= middle).length).toBeGreaterThanOrEqual(list.length / 2);
    }),
    { seed: 1 },
  );
});

test('order does not matter and the list is left as it was', () => {
  const list = [3, 1, 2];
  expect(median(list)).toBe(median([1, 2, 3]));
  expect(list).toEqual([3, 1, 2]);
});

test('mean and median lie between the extremes; best is the largest', () => {
  fc.assert(
    fc.property(values, (list) => {
      const [low, high] = [Math.min(...list), best(list)];
      expect(high).toBe(Math.max(...list));
      expect(mean(list)).toBeGreaterThanOrEqual(low - 1e-12);
      expect(mean(list)).toBeLessThanOrEqual(high + 1e-12);
      expect(median(list)).toBeGreaterThanOrEqual(low);
      expect(median(list)).toBeLessThanOrEqual(high);
    }),
    { seed: 2 },
  );
});
