import { ModularArithmetic } from '../../tasks/modular-arithmetic';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('modular-arithmetic', () => {
  const arithmetic = new ModularArithmetic();
  const text = (input: readonly number[]) => input.map((symbol) => arithmetic.alphabets.input[symbol]).join('');

  /** Exact value: signed products of big integers, added up. */
  const exact = (input: readonly number[]) =>
    [...`+${text(input)}`.matchAll(/([+-])([\d*]+)/g)]
      .map(([, sign, term]) => BigInt(`${sign === '-' ? -1 : 1}`) * product(term!))
      .reduce((sum, value) => sum + value, 0n);
  const product = (term: string) => term.split('*').reduce((value, factor) => value * BigInt(factor), 1n);

  it('agrees with exact big integers reduced at the end', () => {
    expectSameAnswers(arithmetic, (input) => [Number(((exact(input) % 5n) + 5n) % 5n)]);
  });

  it('ends every step of its trace with the value of the prefix', () => {
    for (const input of sampleInputs(arithmetic, 41, 100)) {
      const values = arithmetic.trace(input).filter((_, i) => i % 2 === 1);
      expect(values).toEqual(values.map((_, i) => arithmetic.solve(input.slice(0, 2 * i + 1))[0]));
    }
  });

  it('reduces long products without losing a digit', () => {
    const fours = Array.from({ length: 999 }, (_, place) => (place % 2 === 0 ? 4 : 7));
    expect(arithmetic.solve(fours)).toEqual([1]); // 4^500 = (-1)^500
  });

  it('shortens even lengths by one', () => {
    expect(sampleInputs(arithmetic, 8, 1)[0]).toHaveLength(7);
    expect([1, 2, 3, 40].map((length) => arithmetic.inputLength(length))).toEqual([1, 1, 3, 39]);
  });

  it('draws digits and operators uniformly', () => {
    const inputs = sampleInputs(arithmetic, 3, 15_000);
    const codes = inputs.map(([left, operator, right]) => ((operator! - 5) * 5 + left!) * 5 + right!);
    expectDistribution(tally(codes, 75), uniformShares(75));
  });

  it('works modulo another number', () => {
    const modulo7 = new ModularArithmetic({ modulus: 7 });
    expect(modulo7.alphabets.input.slice(6, 9)).toEqual(['6', '+', '-']);
    expect(modulo7.solve([2, 8, 6, 9, 6])).toEqual([1]); // 2 - 36 = -34
  });

  it.each([[[1, 5]], [[5]], [[1, 1, 1]], [[1, 5, 5]]])('refuses %j', (input) => {
    expect(() => arithmetic.solve(input)).toThrow(/not an input of "modular-arithmetic"/);
  });
});
