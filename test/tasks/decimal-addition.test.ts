import { DecimalAddition, DecimalAdditionReversed } from '../../tasks/decimal-addition';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs, scoredAnswer } from '../support/tasks/second-solver';

/** The sum by big integers; numbers are turned round before and after where the last digit comes first. */
const sumOf = (turn: (text: string) => string) => (input: readonly number[]) => {
  const numbers = input
    .map((digit) => (digit === 10 ? '+' : digit))
    .join('')
    .split('+');
  const sum = numbers.reduce((total, number) => total + BigInt(turn(number)), 0n);
  return [...[...turn(String(sum))].map(Number), 10];
};
const reverse = (text: string) => [...text].reverse().join('');

describe('decimal-addition', () => {
  const addition = new DecimalAddition();

  it('agrees with big integers', () =>
    expectSameAnswers(
      addition,
      sumOf((text) => text),
    ));
  it('agrees with big integers, reversed', () => expectSameAnswers(new DecimalAdditionReversed(), sumOf(reverse)));

  it('traces digits and carries that spell the answer', () => {
    for (const length of [1, 2, 3, 40])
      for (const input of sampleInputs(addition, length, 50)) {
        const trace = addition.trace(input);
        const sum = [trace.at(-1)!, ...trace.filter((_, i) => i % 2 === 0).reverse()].join('');
        expect(BigInt(sum)).toBe(BigInt(scoredAnswer(addition, input).slice(0, -1).join('')));
      }
  });

  it('draws widths and digits uniformly', () => {
    const inputs = sampleInputs(addition, 6, 8000);
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

  it.each([[[1, 1, 1]], [[10, 1, 1]], [[1, 1, 10]], [[1, 10]]])('refuses %j', (input) => {
    expect(() => addition.solve(input)).toThrow(/not an input of "decimal-addition"/);
  });
});
