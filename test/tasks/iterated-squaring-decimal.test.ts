import { IteratedSquaringDecimal } from '../../tasks/iterated-squaring-decimal';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const numberOf = (digits: readonly number[]) => BigInt(digits.join(''));

/** The exponent taken digit by digit in decimal: every step is a tenth power and one smaller than that. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const digit of String(exponent)) result = (result ** 10n * base ** BigInt(digit)) % modulus;
  return result;
}

describe('iterated-squaring-decimal', () => {
  const task = new IteratedSquaringDecimal();

  it('agrees with one power whose exponent is written in decimal', () => {
    expectSameAnswers(task, (input) => {
      const width = Math.max(1, Math.floor(input.length / 4));
      const [modulus, number] = [numberOf(input.slice(0, width)), numberOf(input.slice(width, 2 * width))];
      const value = power(number, 2n ** BigInt(input.length - 2 * width), modulus);
      return [...String(value).padStart(width, '0')].map(Number);
    });
  });

  it('draws moduli uniformly, and numbers that squaring may change', () => {
    const inputs = sampleInputs(task, 4, 12_000);
    expectDistribution(
      tally(
        inputs.map(([modulus]) => modulus! - 4),
        6,
      ),
      uniformShares(6),
    );
    const modulo8 = inputs.filter(([modulus]) => modulus === 8).map((input) => input[1]! - 2);
    expectDistribution(tally(modulo8, 5), uniformShares(5));
    expect(sampleInputs(task, 40, 200).every((input) => input[0]! > 0)).toBe(true);
  });

  it.each([[[7]], [[7, 8]], [[7, 3, 3]], [[10, 3]], [[7, 3, 10, 3]], [[7, 7, 10]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "iterated-squaring-decimal"/);
  });
});
