import { DecimalMultiplication, DecimalMultiplicationReversed } from '../../tasks/decimal-multiplication';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs, scoredAnswer } from '../support/tasks/second-solver';

/** The product by big integers; numbers are turned round before and after where the last digit comes first. */
const productOf = (turn: (text: string) => string) => (input: readonly number[]) => {
  const numbers = input
    .map((digit) => (digit === 10 ? '*' : digit))
    .join('')
    .split('*');
  const product = numbers.reduce((total, number) => total * BigInt(turn(number)), 1n);
  return [...[...turn(String(product))].map(Number), 10];
};
const reverse = (text: string) => [...text].reverse().join('');

describe('decimal-multiplication', () => {
  const multiplication = new DecimalMultiplication();

  it('agrees with big integers', () =>
    expectSameAnswers(
      multiplication,
      productOf((text) => text),
    ));
  it('agrees with big integers, reversed', () =>
    expectSameAnswers(new DecimalMultiplicationReversed(), productOf(reverse)));

  it('traces partial products and their running sum', () => {
    for (const length of [3, 10, 40])
      for (const input of sampleInputs(multiplication, length, 30)) {
        const [left, right] = input
          .join(',')
          .split(',10,')
          .map((digits) => digits.replaceAll(',', ''));
        const steps = multiplication
          .trace(input)
          .map((id) => multiplication.alphabets.trace[id])
          .join('')
          .split('=')
          .slice(0, -1);
        let sum = 0n;
        steps.forEach((step, shift) => {
          const partial = BigInt(left!) * BigInt(right!.at(-1 - shift)!);
          sum += partial * 10n ** BigInt(shift);
          expect(step.split('+').map(BigInt)).toEqual([partial, sum]);
        });
        expect(sum).toBe(BigInt(scoredAnswer(multiplication, input).slice(0, -1).join('')));
      }
  });

  it('draws widths and digits uniformly', () => {
    const inputs = sampleInputs(multiplication, 6, 8000);
    expectDistribution(
      tally(
        inputs.map((input) => input.indexOf(10) - 1),
        4,
      ),
      uniformShares(4),
    );
    expectDistribution(
      tally(
        inputs.flatMap((input) => input.filter((digit) => digit < 10)),
        10,
      ),
      uniformShares(10),
    );
  });

  it('refuses an input without an operator', () => {
    expect(() => multiplication.solve([1, 1, 1])).toThrow(/not an input of "decimal-multiplication"/);
  });
});
