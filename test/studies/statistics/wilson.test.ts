import fc from 'fast-check';
import { wilsonInterval } from '../../../src/studies/statistics/wilson';

const trials = fc.integer({ min: 1, max: 500 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

test('published values', () => {
  // Newcombe 1998 (Statistics in Medicine 17:857-872), table I, method 3.
  const published: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [successes, n, low, high] of published) {
    expect(wilsonInterval(successes, n).low).toBeCloseTo(low, 4);
    expect(wilsonInterval(successes, n).high).toBeCloseTo(high, 4);
  }
});

test('three seeds of three leave room for doubt, and no trials tell nothing', () => {
  expect(wilsonInterval(3, 3).low).toBeCloseTo(0.4385, 4);
  expect(wilsonInterval(3, 3).high).toBe(1);
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
});

test('it holds the observed share and stays within 0..1', () => {
  fc.assert(
    fc.property(trials, ([successes, n]) => {
      const { low, high } = wilsonInterval(successes, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(successes / n);
      expect(high).toBeGreaterThanOrEqual(successes / n);
    }),
    { seed: 3 },
  );
});

test('failures mirror successes', () => {
  fc.assert(
    fc.property(trials, ([successes, n]) => {
      expect(wilsonInterval(n - successes, n).high).toBeCloseTo(1 - wilsonInterval(successes, n).low, 12);
    }),
    { seed: 4 },
  );
});

test('ten times the evidence for the same share narrows it', () => {
  fc.assert(
    fc.property(trials, ([successes, n]) => {
      const width = (k: number, m: number) => wilsonInterval(k, m).high - wilsonInterval(k, m).low;
      expect(width(successes * 10, n * 10)).toBeLessThan(width(successes, n));
    }),
    { seed: 5 },
  );
});
