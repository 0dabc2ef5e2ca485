import fc from 'fast-check';
import { cellLabel, columnOf, fingerprint, rowOf } from '../../src/core/cell';
import { makeCell } from '../support/records';

const json = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
const reversed = (value: object) => Object.fromEntries(Object.entries(value).reverse());

it('does not depend on the order of keys', () => {
  fc.assert(
    fc.property(json, (value) => expect(fingerprint(reversed(value))).toBe(fingerprint(value))),
    { seed: 1 },
  );
});

it('tells different values apart, also true from "true" and 1 from "1"', () => {
  const values = [true, 'true', 1, '1', null, [], {}, [1], { a: 1 }, { a: 2 }, { a: '1' }, { a: { b: 1 } }];
  expect(new Set(values.map(fingerprint)).size).toBe(values.length);
});

it('passes over keys that JSON has not', () => {
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
});

test('a cell is called by row, column and seed; baselines have no seed worth telling', () => {
  expect(cellLabel(makeCell({ seed: 3 }))).toBe('lstm x parity, seed 3');
  expect(cellLabel({ ...makeCell(), row: 'lstm-wide', column: 'parity-hard' })).toBe('lstm-wide x parity-hard, seed 1');
  expect(cellLabel(makeCell({ architecture: 'uniform', baseline: true }))).toBe('uniform x parity');
});

test('a cell is in the row and column of its units, unless the experiment names others', () => {
  expect([rowOf(makeCell()), columnOf(makeCell())]).toEqual(['lstm', 'parity']);
  const named = { ...makeCell(), row: 'wide', column: 'hard' };
  expect([rowOf(named), columnOf(named)]).toEqual(['wide', 'hard']);
});
