import fc from 'fast-check';
import { thousandths, thousandthsOrNull } from '../../../../src/studies/capability/report/thousandths';

test('only none is 0, only all is 1000, and everything else is rounded', () => {
  expect([0, 1e-9, 0.4567, 0.99999, 1].map(thousandths)).toEqual([0, 1, 457, 999, 1000]);
  expect([null, undefined, 0].map(thousandthsOrNull)).toEqual([null, null, 0]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      expect(Math.abs(thousandths(share) / 1000 - share)).toBeLessThanOrEqual(0.001);
    }),
    { seed: 20 },
  );
});
