import fc from 'fast-check';
import { createRng } from '../../../src/core/random';
import { medianInterval } from '../../../src/studies/statistics/median-interval';
import { lowerMedian } from '../../../src/studies/statistics/summaries';

const exactly = (values: readonly number[]) => values.map((value) => ({ low: value, high: value }));
const upTo = (n: number) => exactly(Array.from({ length: n }, (_, at) => at + 1));

test('below six runs it is the whole spread, with the confidence that the spread has', () => {
  expect(medianInterval(upTo(2))).toEqual({ low: 1, high: 2, confidence: 0.5 });
  expect(medianInterval(upTo(3))).toEqual({ low: 1, high: 3, confidence: 0.75 });
  expect(medianInterval(upTo(5))).toEqual({ low: 1, high: 5, confidence: 0.9375 });
});

test('from six runs on it leaves out as many at each end as five percent allow', () => {
  const expected: [n: number, k: number, outside: number][] = [
    [6, 1, 1],
    [8, 1, 1],
    [9, 2, 1 + 9],
    [10, 2, 1 + 10],
    [15, 4, 1 + 15 + 105 + 455],
    [20, 6, 1 + 20 + 190 + 1140 + 4845 + 15504],
  ];
  for (const [n, k, outside] of expected) {
    const confidence = 1 - (2 * outside) / 2 ** n;
    expect(medianInterval(upTo(n))).toEqual({ low: k, high: n + 1 - k, confidence: expect.closeTo(confidence, 12) });
    expect(confidence).toBeGreaterThanOrEqual(0.95);
  }
});

test('one run has its own interval', () => {
  expect(medianInterval([{ low: 0.9, high: 0.97 }])).toEqual({ low: 0.9, high: 0.97, confidence: 0.95 });
});

test('the noise of each run widens it', () => {
  const runs = [0.4, 0.5, 0.6].map((value) => ({ low: value - 0.05, high: value + 0.05 }));
  expect(medianInterval(runs)).toMatchObject({ low: 0.4 - 0.05, high: 0.6 + 0.05 });
});

test('it holds the median of the runs, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (values) => {
      const { low, high } = medianInterval(exactly(values));
      expect(low).toBeLessThanOrEqual(lowerMedian(values));
      expect(high).toBeGreaterThanOrEqual(lowerMedian(values));
      expect(medianInterval(exactly([...values].reverse()))).toEqual(medianInterval(exactly(values)));
    }),
    { seed: 11 },
  );
});

test.each([3, 8, 12])('of %d draws it holds the true median as often as it says', (n) => {
  const rng = createRng('median-interval').split(n);
  const trials = 4000;
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    // Squares of uniform draws: skewed, with the median 1/4.
    const { low, high } = medianInterval(exactly(Array.from({ length: n }, () => rng.uniform() ** 2)));
    if (low <= 0.25 && high >= 0.25) held++;
  }
  const { confidence } = medianInterval(upTo(n));
  expect(Math.abs(held / trials - confidence)).toBeLessThan(4 * Math.sqrt((confidence * (1 - confidence)) / trials));
});
