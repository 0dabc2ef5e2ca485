import fc from 'fast-check';
import type { Stored } from '../../../src/core/contracts/store';
import { mergeStored } from '../../../src/run/merge/stored';
import { makeRecord, type GivenRecord } from '../../support/records';

const finished = (given: GivenRecord, startedAt = '2026-01-05', machine = 'test'): Stored => {
  const record = makeRecord({ inRange: 1, ...given });
  return { status: 'finished', record: { ...record, provenance: { ...record.provenance, startedAt, machine } } };
};
const corrupt: Stored = { status: 'corrupt', file: 'torn.json', reason: 'ends early' };
const merged = (...folders: Record<string, Stored>[]) =>
  mergeStored(folders.map((stored, at) => ({ name: 'abc'[at]!, stored: new Map(Object.entries(stored)) })));

it('has what every folder has, in any order of folders', () => {
  const folder = fc.dictionary(fc.constantFrom('k1', 'k2', 'k3'), fc.constantFrom('2026-01-05', '2026-01-06'));
  fc.assert(
    fc.property(fc.array(folder, { minLength: 1, maxLength: 3 }), (days) => {
      const folders = days.map((each) =>
        Object.fromEntries(Object.entries(each).map(([key, day]) => [key, finished({}, day)])),
      );
      const { stored, different } = merged(...folders);
      expect(different).toEqual([]);
      expect([...stored.keys()].sort()).toEqual([...new Set(folders.flatMap(Object.keys))].sort());
      const turned = merged(...folders.toReversed()).stored;
      expect(new Map([...turned].sort())).toEqual(new Map([...stored].sort()));
    }),
  );
});

it('takes the older of equal results, and of different ones those of the first folder, naming the machines', () => {
  const [old, young] = [finished({}, '2026-01-05'), finished({}, '2026-01-06')];
  expect(merged({ k: young }, { k: old }).stored.get('k')).toBe(old);
  const other = finished({ far: 0.5 }, '2026-01-01', 'another');
  const { stored, different } = merged({ k: young }, { k: other }, { k: old });
  expect(stored.get('k')).toBe(old);
  expect(different).toEqual(['lstm x parity, seed 1: a (test); b (another); c (test)']);
});

it('takes a whole record where another folder has it damaged, and tells of the damage', () => {
  const whole = finished({});
  expect(merged({ k: corrupt }, { k: whole })).toMatchObject({ corrupt: [corrupt], different: [] });
  expect(merged({ k: corrupt }, { k: whole }).stored.get('k')).toBe(whole);
  expect(merged({ k: corrupt }, { other: whole })).toMatchObject({ corrupt: [] });
  expect(merged({ k: corrupt }, {}).stored.get('k')).toBe(corrupt);
});
