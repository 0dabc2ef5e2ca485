import type { CellRecord, Faults } from '../../../../src/core/contracts/record';
import { digestOf } from '../../../../src/studies/capability/summarise/record-digest';
import { faultsOf } from '../../../../src/studies/capability/summarise/faults';
import { makeRecord } from '../../../support/records';

const told = (record: CellRecord, faultsAt: Record<number, Faults>): CellRecord => ({
  ...record,
  lengths: record.lengths.map((result) => {
    const faults = faultsAt[result.length];
    return faults ? { ...result, faults } : result;
  }),
});

test('shares are of all answers over lengths and seeds', () => {
  const records = [
    told(makeRecord({ far: 0.2 }), {
      101: { unfinished: 0.8, malformed: 0, wrong: 0 },
      256: { unfinished: 0.4, malformed: 0.4, wrong: 0 },
    }),
    told(makeRecord({ seed: 2, far: 0.2 }), {
      101: { unfinished: 0, malformed: 0, wrong: 0.8 },
      256: { unfinished: 0, malformed: 0, wrong: 0.8 },
    }),
  ];
  expect(faultsOf(records.map((record) => digestOf(record).faults.far))).toEqual({
    answers: 4 * 128,
    unfinished: expect.closeTo(0.3),
    malformed: expect.closeTo(0.1),
    wrong: expect.closeTo(0.4),
  });
});

test('lengths outside of the mean do not count, and records that tell nothing give nothing', () => {
  const record = told(makeRecord({ inRange: 0.5 }), {
    1: { unfinished: 0.5, malformed: 0, wrong: 0 },
    40: { unfinished: 0, malformed: 0, wrong: 0.5 },
  });
  const lengths = record.lengths.map((result) => (result.length === 1 ? { ...result, notAveraged: 'known' } : result));
  expect(faultsOf([digestOf({ ...record, lengths }).faults.inRange])).toEqual({
    answers: 128,
    unfinished: 0,
    malformed: 0,
    wrong: 0.5,
  });
  expect(faultsOf([digestOf(makeRecord({ inRange: 0.5 })).faults.inRange])).toBeNull();
});
