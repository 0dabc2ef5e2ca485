import { EvenPairs } from '../../tasks/even-pairs';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('even-pairs', () => {
  const evenPairs = new EvenPairs();

  it('agrees with counting the neighbours that differ', () => {
    expectSameAnswers(evenPairs, (input) => {
      const differences = input.slice(1).filter((bit, i) => bit !== input[i]).length;
      return [differences % 2];
    });
  });

  it('labels every prefix with its own answer', () => {
    for (const input of sampleInputs(evenPairs, 50, 50))
      expect(evenPairs.aligned(input)).toEqual(input.map((_, i) => evenPairs.solve(input.slice(0, i + 1))[0]));
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(evenPairs, 4, 16_000).map((input) => Number.parseInt(input.join(''), 2));
    expectDistribution(tally(codes, 16), uniformShares(16));
  });
});
