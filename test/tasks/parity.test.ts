import { Parity } from '../../tasks/parity';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('parity', () => {
  const parity = new Parity();

  it('agrees with the length of what sorting the ones to the end leaves', () => {
    expectSameAnswers(parity, (input) => {
      const sorted = input.toSorted();
      return [(sorted.length - sorted.indexOf(1)) % 2 === 1 && sorted.includes(1) ? 1 : 0];
    });
  });

  it('labels every prefix with its own answer', () => {
    for (const input of sampleInputs(parity, 50, 50))
      expect(parity.aligned(input)).toEqual(input.map((_, i) => parity.solve(input.slice(0, i + 1))[0]));
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(parity, 4, 16_000).map((input) => Number.parseInt(input.join(''), 2));
    expectDistribution(tally(codes, 16), uniformShares(16));
  });
});
