import { Arithmetic } from '../../tasks/arithmetic';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { exactValue, modulo } from '../support/tasks/exact-expressions';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('arithmetic', () => {
  const arithmetic = new Arithmetic();
  const text = (ids: readonly number[]) => ids.map((id) => arithmetic.alphabets.trace![id]).join('');

  it('agrees with exact big integers reduced at the end', () => {
    expectSameAnswers(arithmetic, (input) => [modulo(exactValue(text(input)), 11n)]);
  });

  it('traces expressions of one value, each with one pair of brackets less', () => {
    for (const length of [1, 2, 3, 4, 9, 30, 60])
      for (const input of sampleInputs(arithmetic, length, 20)) {
        const steps = text(arithmetic.trace(input)).split('=').slice(1);
        const pairs = (expression: string) => expression.split('(').length - 1;
        expect(steps.map((step) => modulo(exactValue(step), 11n))).toEqual(steps.map(() => arithmetic.solve(input)[0]));
        expect(steps.map(pairs)).toEqual(steps.map((_, i) => Math.max(0, pairs(text(input)) - i - 1)));
        expect(steps.at(-1)).toBe(String(arithmetic.solve(input)[0]));
      }
  });

  it('draws digits uniformly', () => {
    const digits = sampleInputs(arithmetic, 20, 2000).flatMap((input) => input.filter((symbol) => symbol < 11));
    expectDistribution(tally(digits, 11), uniformShares(11));
  });

  it('refuses what is no expression', () => expect(() => arithmetic.solve([14, 1])).toThrow(/it ends too early/));
});
