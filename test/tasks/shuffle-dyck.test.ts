import { ShuffleSplits } from '../../tasks/parts/shuffle-splits';
import { ShuffleDyck, ShuffleDyck2, ShuffleDyck4, ShuffleDyck6 } from '../../tasks/shuffle-dyck';
import { isNested } from '../support/tasks/bracket-recogniser';
import { describeRecognition } from '../support/tasks/recognition';
import { expectSameAnswers } from '../support/tasks/second-solver';

/** Every kind alone, by deleting matched neighbours. */
const isShuffle = (word: readonly number[]) =>
  [...new Set(word.map((symbol) => symbol >> 1))].every((kind) =>
    isNested(word.filter((symbol) => symbol >> 1 === kind)),
  );

describe('shuffle-dyck-2', () => describeRecognition(new ShuffleDyck2(), isShuffle, { length: 6 }));
describe('shuffle-dyck', () => describeRecognition(new ShuffleDyck(), isShuffle, { length: 4 }));

describe('shuffle-dyck of more kinds', () => {
  it.each([
    ['shuffle-dyck-4', new ShuffleDyck4()],
    ['shuffle-dyck-6', new ShuffleDyck6()],
  ])('%s agrees with deleting matched neighbours of each kind', (_, task) =>
    expectSameAnswers(task, (word) => [isShuffle(word) ? 1 : 0]),
  );

  it('counts shuffles as walks in a quadrant are counted', () => {
    // Closed walks of 2m steps in the quarter plane: Catalan(m) Catalan(m + 1).
    const catalan = [1, 1, 2, 5, 14, 42, 132];
    const two = new ShuffleSplits(2);
    expect([0, 1, 2, 3, 4, 5].map((m) => Number(two.count(m)))).toEqual(
      [0, 1, 2, 3, 4, 5].map((m) => catalan[m]! * catalan[m + 1]!),
    );
  });
});
