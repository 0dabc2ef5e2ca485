import { FlipFlop } from '../../tasks/flip-flop';
import { expectDistribution, tally } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('flip-flop', () => {
  const flipFlop = new FlipFlop();
  const pairs = (input: readonly number[]) => input.join('').match(/[234][01]/g)!;

  it('agrees with looking back for the last write', () => {
    expectSameAnswers(flipFlop, (input) => [input[input.lastIndexOf(2) + 1]!]);
  });

  it('reads the bit it holds', () => {
    for (const input of sampleInputs(flipFlop, 101, 50))
      pairs(input).forEach((pair, i) => {
        if (pair.startsWith('4')) expect(flipFlop.trace(input)[i]).toBe(Number(pair[1]));
      });
  });

  it('draws instructions and bits as stated', () => {
    const middle = sampleInputs(flipFlop, 41, 1000).flatMap((input) => pairs(input).slice(1));
    expectDistribution(
      tally(
        middle.map((pair) => Number(pair[0]) - 2),
        3,
      ),
      [0.1, 0.8, 0.1],
    );
    expectDistribution(
      tally(
        middle.filter((pair) => !pair.startsWith('4')).map((pair) => Number(pair[1])),
        2,
      ),
      [1, 1],
    );
    expect(sampleInputs(flipFlop, 41, 100).every((input) => input[0] === 2 && input.at(-1) === 4)).toBe(true);
  });

  it('has odd lengths from 3', () => {
    expect([1, 2, 3, 4, 40].map((length) => flipFlop.inputLength(length))).toEqual([3, 3, 3, 3, 39]);
  });

  it.each([[[3, 1, 4]], [[2, 1]], [[2, 1, 3]], [[2, 2, 4]], [[2, 1, 1, 0, 4]], [[4]]])('refuses %j', (input) => {
    expect(() => flipFlop.solve(input)).toThrow(/not an input of "flip-flop"/);
  });
});
