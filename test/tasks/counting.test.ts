import fc from 'fast-check';
import { Counting } from '../../tasks/counting';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('counting', () => {
  const counting = new Counting();

  it('agrees with a string whose b is left out', () => {
    expectSameAnswers(counting, (input) => [...input.join('').replaceAll('1', '')].map(() => 0).concat(1));
  });

  it('pads with end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 60 }), (input) => {
        const answer = counting.solve(input);
        expect(answer).toHaveLength(counting.answerLength(input.length));
        expect(answer).toEqual(answer.toSorted());
      }),
      { seed: 1 },
    );
  });

  it('draws every count equally often', () => {
    const counts = sampleInputs(counting, 12, 13_000).map((input) => input.filter((symbol) => symbol === 0).length);
    expectDistribution(tally(counts, 13), uniformShares(13));
  });

  it('draws the places of the a uniformly for each count', () => {
    const codes = sampleInputs(counting, 4, 20_000).map((input) => Number.parseInt(input.join(''), 2));
    const choose = [1, 4, 6, 4, 1];
    const shares = Array.from(
      { length: 16 },
      (_, code) => 1 / (5 * choose[code.toString(2).replaceAll('0', '').length]!),
    );
    expectDistribution(tally(codes, 16), shares);
  });
});
