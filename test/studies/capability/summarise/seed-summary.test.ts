import type { CellRecord } from '../../../../src/core/contracts/record';
import { digestOf } from '../../../../src/studies/capability/summarise/record-digest';
import { summariseSeed } from '../../../../src/studies/capability/summarise/seed-summary';
import { makeRecord } from '../../../support/records';

const summaryOf = (of: CellRecord) => summariseSeed(of, digestOf(of).scores);
const record = makeRecord({ seed: 7, inRange: 1, near: 0.97 });

test('a run is told with its steps, the sequences seen in them and its size', () => {
  expect(summaryOf(record)).toMatchObject({
    seed: 7,
    outcome: 'completed',
    steps: 1000,
    sequences: 64_000,
    parameterCount: 10,
    verdict: 'extends',
  });
  expect(summaryOf(makeRecord({ baseline: true, inRange: 1 }))).toMatchObject({ outcome: null, steps: null });
});

test('the decisive score is the lower of the mean and the longest length, each end of it too', () => {
  const lengths = record.lengths.map((result) =>
    result.length === 100 ? { ...result, score: { exact: 0.94, token: 0.99 } } : result,
  );
  const { scores, verdict } = summaryOf({ ...record, lengths });
  expect(scores.near).toMatchObject({ exact: 0.97, longest: { length: 100, exact: 0.94 }, decisive: { exact: 0.94 } });
  expect(scores.near!.decisive.low).toBeLessThan(scores.near!.intervals.exact.low);
  expect(verdict).toBe('learnt in range');
  expect(scores.far).toBeNull();
});

test('the longest length is one that is averaged', () => {
  const lengths = record.lengths.map((result) =>
    result.length === 100 ? { ...result, score: { exact: 0, token: 0 }, notAveraged: 'known' } : result,
  );
  expect(summaryOf({ ...record, lengths }).scores.near!.longest).toEqual({ length: 41, exact: 0.97 });
});
