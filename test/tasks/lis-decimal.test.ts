import { LongestIncreasingDecimal } from '../../tasks/lis-decimal';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Numbers of the input: m numbers below m take as many digits each as m - 1 has. */
function numbers(input: readonly number[]): number[] {
  const width = [1, 2, 3].find((w) => String(input.length / w - 1).length === w)!;
  return input
    .join('')
    .match(new RegExp(`.{${width}}`, 'g'))!
    .map(Number);
}

/** Longest chain by the numbers: the best that ends below each number, in the order of the places. */
function longest(sequence: readonly number[]): number {
  const best = new Map<number, number>();
  for (const number of sequence) {
    const below = [...best].filter(([other]) => other < number).map(([, length]) => length);
    best.set(number, Math.max(best.get(number) ?? 0, 1 + Math.max(0, ...below)));
  }
  return Math.max(...best.values());
}

describe('lis-decimal', () => {
  const task = new LongestIncreasingDecimal();

  it('agrees with the best chain below each number', () => {
    expectSameAnswers(task, (input) => {
      const sequence = numbers(input);
      return [...String(longest(sequence)).padStart(String(sequence.length).length, '0')].map(Number);
    });
  });

  it('draws numbers uniformly, as many as there are different ones', () => {
    expectDistribution(tally(sampleInputs(task, 10, 2000).flat(), 10), uniformShares(10));
    expectDistribution(tally(sampleInputs(task, 40, 1000).flatMap(numbers), 20), uniformShares(20));
  });

  it('takes whole sequences', () => {
    expect([1, 9, 10, 11, 21, 22, 23, 500].map((length) => task.inputLength(length))).toEqual([
      1, 9, 10, 10, 10, 22, 22, 498,
    ]);
  });

  it.each([[[1]], [[0, 2]], [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/not an input of "lis-decimal"/);
  });
});
