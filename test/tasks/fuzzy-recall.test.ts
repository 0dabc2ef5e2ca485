import { builtIn } from '../support/experiment';
import { FuzzyRecall, FuzzyRecallHyperparameters } from '../../tasks/fuzzy-recall';
import { expectDistribution, tally, uniformShares } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

const taskOf = (hyperparameters: Partial<FuzzyRecallHyperparameters>) =>
  new FuzzyRecall({ ...new FuzzyRecallHyperparameters(), ...hyperparameters });

/** Keys with their values found by a regular expression in the text of an input. */
function byText(task: FuzzyRecall, size: number): (input: readonly number[]) => number[] {
  const { input: symbols, output } = task.alphabets;
  return (input) => {
    const [body, ...queries] = input
      .map((id) => symbols[id]!)
      .join(' ')
      .split('?');
    const pairs = [...body!.matchAll(/((?:k\d+ )+)((?:v\d+ ?)+)/g)].map(([, key, value]) => [key!.trim(), value!]);
    const values = new Map(pairs as [string, string][]);
    return queries.flatMap((query) => {
      const value = values.get(query.replaceAll('_', '').trim())!.trim().split(' ');
      return Array.from({ length: size }, (_, at) => output.indexOf(value[at] ?? '_'));
    });
  };
}

describe('fuzzy-recall', () => {
  it('agrees with finding keys in the text of the input', () => {
    const task = new FuzzyRecall();
    expectSameAnswers(task, byText(task, 3));
    const uneven = taskOf({ keyMotifSize: 1, valueMotifSize: 4, vocabulary: 9, multiQuery: false });
    expectSameAnswers(uneven, byText(uneven, 4), { perLength: 10 });
  });

  it('has a query for every two of the longest pairs', () => {
    const task = new FuzzyRecall();
    expect([10, 31, 32, 40, 128].map((length) => task.answerLength(length) / 3)).toEqual([1, 1, 2, 2, 8]);
    expect([1, 10, 11].map((length) => task.inputLength(length))).toEqual([10, 10, 11]);
    expect(taskOf({ multiQuery: false }).answerLength(128)).toBe(3);
  });

  it('draws sizes and symbols of motifs uniformly', () => {
    const task = taskOf({ keyMotifSize: 2, valueMotifSize: 1, vocabulary: 4 });
    // At the shortest length there is one pair: _ k v ? _ k or k k v ? k k, with keys 0 and 1.
    const inputs = sampleInputs(task, task.inputLength(1), 6000);
    expectDistribution(
      tally(
        inputs.map(([first]) => (first === 4 ? 0 : 1)),
        2,
      ),
      uniformShares(2),
    );
    const long = inputs.filter(([first]) => first !== 4);
    expectDistribution(
      tally(
        long.map(([first, second]) => 2 * first! + second!),
        4,
      ),
      [0, 1, 1, 0],
    );
    expectDistribution(
      tally(
        inputs.map((input) => input[2]! - 2),
        2,
      ),
      uniformShares(2),
    );
  });

  it('tells a key from one that begins with it', () => {
    // k0 v0, k0 k1 v1 v2; ids 0 to 7 are keys, 8 to 15 values, 16 the blank, 17 the mark.
    expect(new FuzzyRecall().solve([0, 8, 0, 1, 9, 10, 17, 16, 16, 0])).toEqual([0, 8, 8]);
    expect(new FuzzyRecall().solve([0, 8, 0, 1, 9, 10, 17, 16, 0, 1])).toEqual([1, 2, 8]);
  });

  it.each([
    [[0, 8, 17, 16, 16]],
    [[0, 8, 17, 16, 16, 1]],
    [[0, 8, 16, 17, 16, 16, 0]],
    [[8, 0, 17, 16, 16, 0]],
    [[0, 1, 2, 3, 8, 17, 16, 16, 0]],
    [[0, 8]],
    [[17, 16, 16, 0]],
    [[16, 16, 17, 16, 16, 16]],
  ])('refuses %j', (input) => {
    expect(() => new FuzzyRecall().solve(input)).toThrow(/not an input of "fuzzy-recall"/);
  });

  it('needs as many keys and values as a motif is long', () => {
    const registry = builtIn();
    expect(() => registry.createTask('fuzzy-recall', { vocabulary: 5 })).toThrow(
      'vocabulary is 5: must be at least twice keyMotifSize and valueMotifSize',
    );
    expect(registry.createTask('fuzzy-recall', { vocabulary: 6 }).alphabets.output).toHaveLength(4);
  });
});
