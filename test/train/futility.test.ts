import fc from 'fast-check';
import type { CurvePoint } from '../../src/core/contracts/record';
import { isFutile } from '../../src/train/futility';

const curveOf = (points: readonly (readonly [exact: number, loss: number])[]): CurvePoint[] =>
  points.map(([exact, loss], at) => ({ step: 100 * (at + 1), loss, heldOut: { exact, token: exact } }));

test('looks without a higher exact match and without a lower loss are futile, from the stated number on', () => {
  const flat = curveOf([0.5, 0.52, 0.48, 0.5].map((exact) => [exact, 0.69]));
  expect([1, 2, 3, 4].map((looks) => isFutile(flat, looks))).toEqual([true, true, true, false]);
  expect(isFutile(flat, Infinity)).toBe(false);
  expect(isFutile([], 1)).toBe(false);
});

test('either of both is progress by itself, and what is progress is measured from the best so far', () => {
  const rising = curveOf([0.1, 0.13, 0.16, 0.19].map((exact) => [exact, 0.7]));
  const falling = curveOf([0.7, 0.67, 0.64, 0.62].map((loss) => [0.5, loss]));
  expect([isFutile(rising, 1), isFutile(falling, 1)]).toEqual([false, false]);
  // Slow, but not noise: 0.012 and 0.012 are more than 0.02 together.
  expect(isFutile(curveOf([0.5, 0.512, 0.524].map((exact) => [exact, 0.7])), 2)).toBe(false);
  const recovering = curveOf([0.9, 0.3, 0.6, 0.8].map((exact) => [exact, 0.7]));
  expect(isFutile(recovering, 3)).toBe(true);
});

test('a loss that is not a number is no progress', () => {
  expect(isFutile(curveOf([0.5, 0.5].map((exact) => [exact, NaN])), 1)).toBe(true);
});

test('what would have been stopped later had been futile for longer, and what is learnt steadily is never futile', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(share, share), { maxLength: 30 }),
      fc.integer({ min: 1, max: 12 }),
      (points, looks) => {
        const curve = curveOf(points);
        if (isFutile(curve, looks + 1)) expect(isFutile(curve, looks)).toBe(true);
        const halving = curveOf(points.map(([exact], at) => [exact, 2 ** -at]));
        expect(isFutile(halving, 1)).toBe(false);
      },
    ),
    { seed: 1 },
  );
});
