import { NoisyRecall, NoisyRecallHyperparameters } from '../../tasks/noisy-recall';
import { expectDistribution, tally } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const taskOf = (hyperparameters: Partial<NoisyRecallHyperparameters>) =>
  new NoisyRecall({ ...new NoisyRecallHyperparameters(), ...hyperparameters });

describe('noisy-recall', () => {
  // 0 to 7 are keys, 8 to 15 values, 16 to 31 noise, 32 is the mark.
  it('agrees with dropping the noise and looking each query up from the start', () => {
    const second = (input: readonly number[]) => {
      const said = input.filter((symbol) => symbol < 16 || symbol === 32);
      return said.slice(said.indexOf(32) + 1).map((key) => said[said.indexOf(key) + 1]! - 8);
    };
    expectSameAnswers(new NoisyRecall(), second);
    expectSameAnswers(taskOf({ multiQuery: false, noiseFraction: 0.8 }), second);
  });

  it('has as much noise as it says among the pairs but one', () => {
    for (const noiseFraction of [0, 0.2, 0.8]) {
      const inputs = sampleInputs(taskOf({ noiseFraction }), 31, 1000);
      const pairs = inputs.flatMap((input) => Array.from({ length: 10 }, (_, at) => (input[2 * at]! < 16 ? 0 : 1)));
      const share = 0.9 * noiseFraction; // one of the ten pairs is never noise
      expectDistribution(tally(pairs, 2), [1 - share, share]);
      for (const input of inputs)
        for (let at = 0; at < 20; at += 2) expect(input[at]! >= 16).toBe(input[at + 1]! >= 16);
    }
  });

  it('never lacks a pair to ask for', () => {
    const loud = taskOf({ noiseFraction: 0.99, vocabulary: 4 });
    for (const input of sampleInputs(loud, 40, 500)) expect(loud.solve(input).length).toBeGreaterThan(0);
  });

  it('asks for keys alone, never for noise', () => {
    expect(() => new NoisyRecall().solve([0, 8, 16, 17, 32, 16])).toThrow(/asked for that was not given/);
    expect(() => new NoisyRecall().solve([0, 16, 32, 0])).toThrow(/position 0 does not begin a pair/);
  });
});
