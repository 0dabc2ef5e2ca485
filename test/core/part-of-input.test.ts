import fc from 'fast-check';
import { partOf } from '../../src/core/part-of-input';

describe('the part of an input', () => {
  it('is the same whenever it is asked, and is test for two of sixteen, validation for one', () => {
    const counts = { training: 0, validation: 0, test: 0 };
    for (let code = 0; code < 2 ** 14; code++) counts[partOf([...code.toString(2)].map(Number))]++;
    expect(counts.test / 2 ** 14).toBeCloseTo(2 / 16, 2);
    expect(counts.validation / 2 ** 14).toBeCloseTo(1 / 16, 2);
  });
  it('does not depend on the length alone, nor on the last symbol', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8 }), (input) => {
        const parts = Array.from({ length: 61 }, (_, last) => partOf([...input, last]));
        expect(new Set(parts).size).toBeGreaterThan(1);
      }),
      { seed: 1 },
    );
  });
});
