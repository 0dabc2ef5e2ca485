import { Compression } from '../../tasks/compression';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

describe('compression', () => {
  it('answers with the whole input, symbol for symbol', () => {
    const task = new Compression();
    expectSameAnswers(task, (input) => Array.from(input.keys(), (place) => input[place]!));
  });

  it('draws symbols uniformly, as many as it is told to', () => {
    const task = new Compression({ vocabulary: 5 });
    expectDistribution(tally(sampleInputs(task, 40, 500).flat(), 5), uniformShares(5));
    expect(task.alphabets.output).toEqual(['0', '1', '2', '3', '4']);
  });
});
