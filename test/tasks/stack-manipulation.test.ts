import { StackManipulation } from '../../tasks/stack-manipulation';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('stack-manipulation', () => {
  const stack = new StackManipulation();

  it('agrees with reading each height from the last symbol put there', () => {
    expectSameAnswers(stack, (input) => {
      const heights: number[] = [];
      for (const symbol of input) {
        const below = heights.at(-1) ?? 0;
        heights.push(symbol === 2 ? Math.max(below - 1, 0) : below + 1);
      }
      const levels = Array.from({ length: heights.at(-1)! }, (_, level) => heights.at(-1)! - level);
      const lastAt = (height: number) => heights.findLastIndex((h, i) => h === height && input[i] !== 2);
      return [
        ...levels.map((height) => (input[lastAt(height)]! >= 3 ? input[lastAt(height)]! - 3 : input[lastAt(height)]!)),
        2,
      ];
    });
  });

  it('ends its trace with the stack that the answer turns round', () => {
    for (const input of sampleInputs(stack, 40, 100)) {
      const stacks = stack.trace(input).join('').split('2').slice(0, -1);
      const answer = stack.solve(input).slice(0, stack.scored(input) - 1);
      expect([...stacks.at(-1)!].map(Number).reverse()).toEqual(answer);
      expect(stacks).toHaveLength(1 + input.filter((symbol) => symbol >= 2).length);
    }
  });

  it('draws first heights, symbols and actions uniformly', () => {
    const inputs = sampleInputs(stack, 6, 20_000);
    const height = (input: readonly number[]) => input.filter((symbol) => symbol < 2).length;
    expectDistribution(
      tally(
        inputs.map((input) => height(input) - 1),
        5,
      ),
      uniformShares(5),
    );
    const ofHeight2 = inputs.filter((input) => height(input) === 2);
    expectDistribution(
      tally(
        ofHeight2.map(([a, b]) => 2 * a! + b!),
        4,
      ),
      uniformShares(4),
    );
    expectDistribution(
      tally(
        ofHeight2.map((input) => input[3]! * 3 + input[4]! - 8),
        9,
      ),
      uniformShares(9),
    );
    expectDistribution(tally(sampleInputs(stack, 1, 2000).flat(), 2), uniformShares(2));
  });

  it('solves stacks that are empty at first', () => {
    expect(stack.solve([2, 3])).toEqual([0, 2, 0]);
  });

  it('refuses a stack symbol after an action', () => {
    expect(() => stack.solve([1, 2, 0])).toThrow(/position 2/);
  });
});
