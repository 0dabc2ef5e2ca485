import { MissingDuplicate } from '../../tasks/missing-duplicate';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('missing-duplicate', () => {
  const missing = new MissingDuplicate();

  it('agrees with trying both bits', () => {
    expectSameAnswers(missing, (input) => {
      if (input.length === 1) return [1];
      const text = input.join('');
      return [0, 1].filter((bit) => /^([01]+)\1(3|)$/.test(text.replace('2', String(bit))));
    });
  });

  it('writes the partner beside the hole in its trace', () => {
    for (const input of sampleInputs(missing, 41, 100)) {
      const trace = missing.trace(input);
      const hole = trace.indexOf(2);
      expect([trace[hole ^ 1]]).toEqual(missing.solve(input));
    }
  });

  it('draws words and places uniformly', () => {
    const inputs = sampleInputs(missing, 6, 24_000);
    expectDistribution(
      tally(
        inputs.map((input) => input.indexOf(2)),
        6,
      ),
      uniformShares(6),
    );
    const words = inputs.filter((input) => input[5] === 2).map(([a, b, c]) => 4 * a! + 2 * b! + c!);
    expectDistribution(tally(words, 8), uniformShares(8));
    expect(sampleInputs(missing, 7, 20).every((input) => input[6] === 3)).toBe(true);
    expect(sampleInputs(missing, 1, 3)).toEqual([[1], [1], [1]]);
  });

  it.each([[[0, 1]], [[2, 2]], [[2, 3, 3]]])('refuses %j', (input) => {
    expect(() => missing.solve(input)).toThrow(/not an input of "missing-duplicate"/);
  });
});
