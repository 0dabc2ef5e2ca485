import { Memorization, Memorization256, MemorizationHyperparameters } from '../../tasks/memorization';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const taskOf = (hyperparameters: Partial<MemorizationHyperparameters>) =>
  new Memorization({ ...new MemorizationHyperparameters(), ...hyperparameters });

describe('memorization', () => {
  it('agrees with a table that is read off the answers to single keys', () => {
    for (const task of [new Memorization(), taskOf({ queries: 5, tableSeed: 7 })]) {
      const table = task.alphabets.input.map((_, key) => task.solve([key])[0]!);
      const queries = task.answerLength(100);
      expectSameAnswers(task, (input) => input.map((key) => table[key]!).slice(Math.max(0, input.length - queries)));
    }
  });

  it('has a table without two keys of one value, which its seed decides', () => {
    const tableOf = (tableSeed: number) => {
      const task = taskOf({ tableSeed });
      return task.aligned([...task.alphabets.input.keys()]);
    };
    const tables = [12345, 1, 2].map(tableOf);
    for (const table of tables) expect(new Set(table).size).toBe(16);
    expect(new Set(tables.map(String)).size).toBe(3);
    expect(tableOf(1)).toEqual(tables[1]);
    // The table of the default seed is part of the task: with another one it is another task under the same version.
    expect(tables[0]).toEqual([9, 13, 12, 0, 8, 2, 7, 11, 1, 10, 5, 3, 14, 15, 4, 6]);
  });

  it('labels every prefix with the value of its last key', () => {
    const task = new Memorization();
    for (const input of sampleInputs(task, 9, 20))
      expect(task.aligned(input)).toEqual(input.map((_, end) => task.solve(input.slice(0, end + 1))[0]));
  });

  it('draws keys uniformly', () => {
    const inputs = sampleInputs(taskOf({ vocabulary: 6 }), 20, 500);
    expectDistribution(tally(inputs.flat(), 3), uniformShares(3));
  });

  it('has a variant with as many keys and questions as MAD', () => {
    const task = new Memorization256();
    expect([task.alphabets.input.length, task.alphabets.output.length]).toEqual([128, 128]);
    expect([8, 16, 40].map((length) => task.answerLength(length))).toEqual([8, 16, 16]);
  });
});
