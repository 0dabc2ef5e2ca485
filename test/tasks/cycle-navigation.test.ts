import { CycleNavigation } from '../../tasks/cycle-navigation';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('cycle-navigation', () => {
  const cycle = new CycleNavigation();
  const count = (input: readonly number[], move: number) => input.filter((symbol) => symbol === move).length;

  it('agrees with counting forward and backward steps', () => {
    expectSameAnswers(cycle, (input) => [(((count(input, 2) - count(input, 0)) % 5) + 5) % 5]);
  });

  it('labels every prefix with its own answer', () => {
    for (const input of sampleInputs(cycle, 50, 50))
      expect(cycle.aligned(input)).toEqual(input.map((_, i) => cycle.solve(input.slice(0, i + 1))[0]));
  });

  it('draws moves uniformly', () => {
    const codes = sampleInputs(cycle, 3, 13_500).map(([a, b, c]) => 9 * a! + 3 * b! + c!);
    expectDistribution(tally(codes, 27), uniformShares(27));
  });

  it('takes another cycle', () => {
    expect(new CycleNavigation({ cycle: 12 }).solve([0, 0])).toEqual([10]);
  });
});
