import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellRecord } from '../../../src/core/contracts/record';
import { FileStore } from '../../../src/run/store/file-store';
import { withoutWeights } from '../../../src/run/store/weights';
import { keyedRecord } from '../../support/stored-records';

let folder: string;
let store: FileStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-weights-'));
  store = new FileStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const naming = (record: CellRecord, weights: string): CellRecord => ({
  ...record,
  provenance: { ...record.provenance, weights },
});
const longAgo = (file: string) => utimesSync(file, 1, 1);

it('keeps weights under the digest of their bytes, once', async () => {
  const content = Uint8Array.of(1, 2, 3);
  const digest = await store.saveWeights(content);
  expect(await store.saveWeights(Uint8Array.of(1, 2, 3))).toBe(digest);
  expect(readdirSync(join(folder, 'weights'))).toEqual([`${digest}.safetensors`]);
  expect(await store.loadWeights(digest)).toEqual(content);
});

it('takes damaged weights for missing, and writes them anew', async () => {
  const content = Uint8Array.of(1, 2, 3);
  const digest = await store.saveWeights(content);
  writeFileSync(store.weightsFile(digest), Uint8Array.of(1, 2, 4));
  expect(await store.loadWeights(digest)).toBeNull();
  await store.saveWeights(content);
  expect(await store.loadWeights(digest)).toEqual(content);
});

it('tells which trained records have none, or have lost theirs', async () => {
  const [kept, lost, never, baseline] = [
    keyedRecord({ seed: 1 }),
    keyedRecord({ seed: 2 }),
    keyedRecord({ seed: 3 }),
    keyedRecord({ architecture: 'uniform', baseline: true }),
  ];
  const digest = await store.saveWeights(Uint8Array.of(1));
  const records = [naming(kept, digest), naming(lost, digest.replaceAll(/[a-f]/g, '0')), never, baseline];
  const stored = new Map(records.map((record) => [record.key, { status: 'finished' as const, record }]));
  expect(await withoutWeights(store, stored)).toEqual(new Set([lost.key, never.key]));
});

it('removes weights that no record names once they are an hour old, and no others', async () => {
  const record = keyedRecord({ seed: 1 });
  const [named, old, fresh] = await Promise.all([1, 2, 3].map((byte) => store.saveWeights(Uint8Array.of(byte))));
  await store.save(naming(record, named!));
  for (const digest of [named!, old!]) longAgo(store.weightsFile(digest));
  await store.prepare();
  expect([named!, old!, fresh!].map((digest) => existsSync(store.weightsFile(digest)))).toEqual([true, false, true]);
});

it('removes none while a record cannot be read: it may name them', async () => {
  const record = keyedRecord({ seed: 1 });
  const digest = await store.saveWeights(Uint8Array.of(1));
  longAgo(store.weightsFile(digest));
  await store.save(naming(record, digest));
  const file = readdirSync(join(folder, 'records'), { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('.json'),
  )!;
  writeFileSync(join(folder, 'records', file), '{');
  await store.prepare();
  expect(existsSync(store.weightsFile(digest))).toBe(true);
});
