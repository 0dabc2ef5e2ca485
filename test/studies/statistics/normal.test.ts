import fc from 'fast-check';
import { normalQuantile } from '../../../src/studies/statistics/normal';
import { z95 } from '../../../src/studies/statistics/wilson';

test('quantiles as tables have them', () => {
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  expect(normalQuantile(0.975)).toBeCloseTo(z95, 7);
  expect(normalQuantile(0.8413447460685429)).toBeCloseTo(1, 7);
  expect(normalQuantile(0.0013498980316300933)).toBeCloseTo(-3, 7);
});

test('it rises, and is symmetric around a half', () => {
  const shares = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(shares, shares, (a, b) => {
      if (a < b) expect(normalQuantile(a)).toBeLessThanOrEqual(normalQuantile(b));
      expect(normalQuantile(a)).toBeCloseTo(-normalQuantile(1 - a), 8);
    }),
  );
});
