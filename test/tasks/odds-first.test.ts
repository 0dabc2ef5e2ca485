import { OddsFirst, OddsFirstPaper } from '../../tasks/odds-first';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('odds-first', () => {
  it('agrees with the place each symbol comes from', () => {
    expectSameAnswers(new OddsFirst(), (input) => {
      const odds = Math.floor(input.length / 2);
      return input.map((_, place) => input[place < odds ? 2 * place + 1 : 2 * (place - odds)]!);
    });
  });

  it('agrees with the place each symbol comes from, in the order of the paper', () => {
    expectSameAnswers(new OddsFirstPaper(), (input) => {
      const evens = Math.ceil(input.length / 2);
      return input.map((_, place) => input[place < evens ? 2 * place : 2 * (place - evens) + 1]!);
    });
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(new OddsFirst(), 4, 16_000).map((input) => Number.parseInt(input.join(''), 2));
    expectDistribution(tally(codes, 16), uniformShares(16));
  });
});
