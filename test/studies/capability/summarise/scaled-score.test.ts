import fc from 'fast-check';
import { scaledScore } from '../../../../src/studies/capability/summarise/scaled-score';

/** Accuracies are counts of 128 sequences. */
const share = fc.integer({ min: 0, max: 128 }).map((right) => right / 128);
const below1 = fc.double({ min: 0, max: 0.999, noNaN: true });

test('guessing is 0, perfection is 1, half way is a half', () => {
  fc.assert(
    fc.property(below1, (baseline) => {
      expect(scaledScore(baseline, baseline)).toBe(0);
      expect(scaledScore(1, baseline)).toBe(1);
      expect(scaledScore((1 + baseline) / 2, baseline)).toBeCloseTo(0.5, 9);
    }),
    { seed: 6 },
  );
});

test('it keeps the order of accuracies', () => {
  fc.assert(
    fc.property(share, share, below1, (a, b, baseline) => {
      expect(Math.sign(scaledScore(a, baseline)! - scaledScore(b, baseline)!)).toBe(Math.sign(a - b));
    }),
    { seed: 7 },
  );
});

test('worse than guessing is below 0, and a perfect guess leaves no scale', () => {
  expect(scaledScore(0.25, 0.5)).toBe(-0.5);
  expect(scaledScore(1, 1)).toBeNull();
});
