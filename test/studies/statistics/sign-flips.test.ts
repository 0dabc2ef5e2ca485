import fc from 'fast-check';
import { createRng } from '../../../src/core/random';
import { signFlipTest } from '../../../src/studies/statistics/sign-flips';

const p = (differences: readonly number[], name = 'test') => signFlipTest(differences, createRng(name));

test('of n differences of one sign the two extreme assignments of 2^n are as far', () => {
  expect(p([1, 1, 1, 1, 1])).toBe(2 / 2 ** 5);
  expect(p([0.1, 0.2, 0.4, 0.8])).toBe(2 / 2 ** 4);
  expect(p([1, -1])).toBe(1);
  expect(p([0, 0])).toBe(1);
  expect(p([])).toBe(1);
});

test('of many differences drawn assignments give what counting gives', () => {
  // 20 equal differences, 15 of one sign: a sign test, 2 * sum over k <= 5 of C(20, k) / 2^20 = 0.0414
  const differences = Array.from({ length: 20 }, (_, at) => (at < 15 ? 1 : -1));
  expect(Math.abs(p(differences) - 0.0414)).toBeLessThan(0.006);
  expect(p(differences)).toBe(p(differences));
});

test('sign and order of all differences change nothing', () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 8 });
  fc.assert(
    fc.property(values, (differences) => {
      const found = p(differences);
      expect(p(differences.map((value) => -value))).toBe(found);
      expect(p([...differences].reverse())).toBe(found);
      expect(found).toBeGreaterThan(0);
      expect(found).toBeLessThanOrEqual(1);
    }),
  );
});
