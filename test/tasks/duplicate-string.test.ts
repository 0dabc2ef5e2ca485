import { DuplicateString } from '../../tasks/duplicate-string';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('duplicate-string', () => {
  const duplicate = new DuplicateString();

  it('agrees with reading the input round and round', () => {
    expectSameAnswers(duplicate, (input) =>
      Array.from({ length: 2 * input.length }, (_, place) => input[place % input.length]!),
    );
  });

  it('draws every string of a length equally often', () => {
    const codes = sampleInputs(duplicate, 4, 16_000).map((input) => Number.parseInt(input.join(''), 2));
    expectDistribution(tally(codes, 16), uniformShares(16));
  });
});
