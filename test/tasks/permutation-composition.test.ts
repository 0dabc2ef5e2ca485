import { PermutationComposition } from '../../tasks/permutation-composition';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('permutation-composition', () => {
  const task = new PermutationComposition();

  it('agrees with following every number through all permutations', () => {
    expectSameAnswers(task, (input) =>
      [0, 1, 2, 3, 4].map((start) => {
        let image = start;
        for (let from = 0; from < input.length; from += 5) image = input[from + image]!;
        return image;
      }),
    );
  });

  it('draws permutations uniformly', () => {
    const names = sampleInputs(task, 10, 12_000).flatMap((input) => [
      input.slice(0, 5).join(''),
      input.slice(5).join(''),
    ]);
    const kinds = [...new Set(names)].sort();
    expect(kinds).toHaveLength(120);
    expectDistribution(
      tally(
        names.map((name) => kinds.indexOf(name)),
        120,
      ),
      uniformShares(120),
    );
  });

  it('takes whole permutations', () => {
    expect([1, 5, 9, 10, 42].map((length) => task.inputLength(length))).toEqual([5, 5, 5, 10, 40]);
    expect(() => task.solve([0, 1, 2])).toThrow(/not an input/);
    expect(() => task.solve([0, 1, 2, 3, 3])).toThrow(/position 0/);
  });
});
