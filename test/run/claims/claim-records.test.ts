import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CataloguedClaim } from '../../../src/literature/claim-catalogue';
import { recordsOfClaims } from '../../../src/run/claims/claim-records';
import { FileStore } from '../../../src/run/store/file-store';
import { makeManifest } from '../../support/records';
import { keyedRecord } from '../../support/stored-records';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-claims-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const asking = (...columns: string[]) =>
  [
    { conditions: [{ in: ['results/a', 'results/b'], rows: ['lstm'], columns, above: { row: 'gru' } }] },
  ] as CataloguedClaim[];

it('reads the records of cells that claims name, under the names they have in their folder', async () => {
  const records = [
    keyedRecord({ near: 1 }),
    keyedRecord({ near: 0.5, seed: 2 }),
    keyedRecord({ architecture: 'gru' }),
    keyedRecord({ task: 's3' }),
  ];
  const store = new FileStore(folder);
  for (const record of records) await store.save(record);
  const cells = records.map(({ key, specification }, at) => ({
    key,
    specification,
    plugins: [],
    ...(at < 2 && { column: 'parity-far' }),
  }));
  const missing = { ...cells[0]!, key: keyedRecord({ seed: 3 }).key };
  await store.saveManifest({ ...makeManifest({}), cells: [...cells, missing] });
  const locate = (name: string) => (name === 'results/b' ? folder : undefined);
  const recordsOf = await recordsOfClaims(asking('parity-far', 'parity'), locate);
  const found = (row: string, column: string, name = 'results/b') => recordsOf({ folder: name, row, column });
  expect(found('lstm', 'parity-far')).toEqual(records.slice(0, 2));
  expect(found('gru', 'parity')).toEqual([records[2]]);
  expect(found('lstm', 'parity')).toEqual([]);
  expect(found('lstm', 's3')).toEqual([]);
  expect(found('lstm', 'parity-far', 'results/a')).toEqual([]);
});
