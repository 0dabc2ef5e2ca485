import fc from 'fast-check';
import { cellLabel, columnOf, fingerprint, rowOf } from '../../src/core/cell';
import { keepSeeds } from '../../src/run/experiment/keep-seeds';
import { builtIn, expand } from '../support/experiment';
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

describe('keepSeeds', () => {
  const registry = builtIn();
  const manifest = (seeds: number[], steps = 5) =>
    expand(registry, { architectures: ['lstm'], tasks: ['parity'], seeds, protocol: { steps } });
  const trained = ({ cells }: ReturnType<typeof manifest>) =>
    cells.flatMap(({ specification: { mode, seed } }) => (mode === 'direct' ? seed : []));

  it('loses no seed of an earlier run', () => {
    expect(trained(keepSeeds(manifest([1, 2, 3]), manifest([1, 5])))).toEqual([1, 5, 2, 3]);
    expect(trained(keepSeeds(null, manifest([1])))).toEqual([1]);
  });

  it('drops what is no longer the same measurement', () => {
    expect(trained(keepSeeds(manifest([1, 2, 3], 5), manifest([1], 6)))).toEqual([1]);
  });
});
