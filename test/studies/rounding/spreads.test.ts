import type { CellRecord, CellSpecification } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { roundingSheet } from '../../../src/studies/rounding/sheet';
import { spreads } from '../../../src/studies/rounding/spreads';
import { makeManifest, makeRecord, type GivenRecord } from '../../support/records';

/** Records of one seed, one for each repeat; undefined where a repeat is missing. */
function resultsOf(seeds: Readonly<Record<number, readonly (GivenRecord | undefined)[]>>) {
  const all = Object.entries(seeds).flatMap(([seed, repeats]) =>
    repeats.map((given, at) => {
      const record = makeRecord({ ...given, seed: Number(seed) });
      const study = { id: 'rounding', version: 1, hyperparameters: { repeat: at + 1 } };
      const specification: CellSpecification = { ...record.specification, study };
      return { given, record: { ...record, specification, key: `${record.key}-${at}` } };
    }),
  );
  const cells = all.map(({ record: { key, specification } }) => ({ key, specification, plugins: [] }));
  const stored = new Map(
    all.map(({ given, record }): [string, Stored<CellRecord>] => [
      record.key,
      given ? { status: 'finished', record } : { status: 'missing' },
    ]),
  );
  return spreads({ manifest: { ...makeManifest(), cells }, stored });
}

const results = resultsOf({
  1: [
    { inRange: 1, near: { exact: 0.9, token: 0.95 }, far: 0.5 },
    { inRange: 1, near: { exact: 0.8, token: 0.99 }, far: 0.75 },
    undefined,
  ],
  2: [
    { inRange: 0.25, near: null, far: null },
    { inRange: 0.5, near: null, far: null },
  ],
  3: [undefined],
});

it('has least and most of each score over the repeats of a seed', () => {
  expect(results.seeds).toMatchObject([
    {
      row: 'lstm',
      column: 'parity',
      seed: 1,
      repeats: 2,
      asked: 3,
      ranges: {
        inRange: { exact: [1, 1], token: [1, 1] },
        near: { exact: [0.8, 0.9], token: [0.95, 0.99] },
        far: { exact: [0.5, 0.75] },
      },
      steps: [1000, 1000],
    },
    { seed: 2, repeats: 2, asked: 2, ranges: { inRange: { exact: [0.25, 0.5] }, near: null, far: null } },
    { seed: 3, repeats: 0, asked: 1, ranges: { inRange: null, near: null, far: null }, steps: null },
  ]);
});

it('is drawn as a line for each seed', () => {
  expect(roundingSheet(results, 'exact').tables[0]!.rows).toEqual([
    ['lstm', 'parity', '1', '2 of 3', '1.000', '0.800 to 0.900', '0.500 to 0.750', '1000'],
    ['lstm', 'parity', '2', '2', '0.250 to 0.500', '', '', '1000'],
    ['lstm', 'parity', '3', '0 of 1', '', '', '', ''],
  ]);
  expect(roundingSheet(results, 'token').tables[0]!.rows[0]![5]).toBe('0.950 to 0.990');
});
