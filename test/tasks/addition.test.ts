import { Addition } from '../../tasks/addition';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs, scoredAnswer } from '../support/tasks/second-solver';

describe('addition', () => {
  const addition = new Addition();

  it('agrees with adding place by place', () => {
    expectSameAnswers(addition, (input) => {
      const place = input.length < 3 ? input.length : input.indexOf(2);
      const sum: number[] = [];
      let carry = 0;
      for (let i = 0; i < input.length + 1; i++) {
        const total = carry + (i < place ? input[i]! : 0) + (input[place + 1 + i] ?? 0);
        sum.push(total % 2);
        carry = total > 1 ? 1 : 0;
      }
      return [...sum.slice(0, Math.max(sum.lastIndexOf(1), 0) + 1), 2];
    });
  });

  it('fills the answer with zeros after the terminator', () => {
    for (const input of sampleInputs(addition, 40, 100)) {
      expect(addition.solve(input)).toHaveLength(41);
      expect(new Set(addition.solve(input).slice(addition.scored(input)))).toEqual(new Set([0]));
    }
  });

  it('traces sum bits and carries that spell the answer', () => {
    for (const length of [1, 2, 3, 40, 100])
      for (const input of sampleInputs(addition, length, 50)) {
        const trace = addition.trace(input);
        const sum = [...trace.filter((_, i) => i % 2 === 0), trace.at(-1)!];
        expect([...sum.slice(0, Math.max(sum.lastIndexOf(1), 0) + 1), 2]).toEqual(scoredAnswer(addition, input));
      }
  });

  it('draws widths and numbers uniformly, never 0', () => {
    const inputs = sampleInputs(addition, 6, 24_000);
    expectDistribution(
      tally(
        inputs.map((input) => input.indexOf(2) - 1),
        4,
      ),
      uniformShares(4),
    );
    const right = inputs.filter((input) => input[2] === 2).map(([, , , a, b, c]) => a! + 2 * b! + 4 * c! - 1);
    expectDistribution(tally(right, 7), uniformShares(7));
  });

  it('carries through any number of places', () => {
    const ones = new Array<number>(600).fill(1);
    expect(scoredAnswer(addition, [...ones, 2, 1])).toEqual([...ones.map(() => 0), 1, 2]);
  });

  it.each([[[1, 1, 1]], [[2, 1, 1]], [[1, 1, 2]]])('refuses %j', (input) => {
    expect(() => addition.solve(input)).toThrow(/not an input of "addition"/);
  });
});
