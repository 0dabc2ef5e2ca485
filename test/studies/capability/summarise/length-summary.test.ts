import { lengthsOfCell } from '../../../../src/studies/capability/summarise/length-summary';
import { makeRecord } from '../../../support/records';

test('every length with each seed, and whether it is averaged', () => {
  const faults = { unfinished: 0.1, malformed: 0.2, wrong: 0.2 };
  const [one, two] = [makeRecord({ seed: 1, inRange: 0.5, near: 1 }), makeRecord({ seed: 2, inRange: 0.75 })];
  const known = {
    ...one,
    lengths: one.lengths.map((result) =>
      result.length === 1
        ? { ...result, notAveraged: 'two inputs' }
        : { ...result, faults, traceExact: 0.9, unmeasured: 7 },
    ),
  };
  const lengths = lengthsOfCell([two, known]);
  expect(lengths.map(({ length }) => length)).toEqual([1, 40, 41, 100, 101, 256]);
  expect(lengths[0]).toEqual({
    length: 1,
    range: 'inRange',
    isAveraged: false,
    notAveraged: 'two inputs',
    seeds: [
      { seed: 1, sequences: 128, score: { exact: 0.5, token: 0.5 } },
      { seed: 2, sequences: 128, score: { exact: 0.75, token: 0.75 } },
    ],
  });
  expect(lengths[1]).toMatchObject({
    isAveraged: true,
    seeds: [{ faults, traceExact: 0.9, unmeasured: 7 }, { seed: 2 }],
  });
  expect(lengths[2]).toMatchObject({ isAveraged: true, notEvaluated: 'token budget' }); // of the second seed
  expect(lengths.at(-1)).toMatchObject({ isAveraged: false, notEvaluated: 'token budget' });
});
