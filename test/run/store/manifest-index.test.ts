import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../../src/core/contracts/manifest';
import { cellKey } from '../../../src/core/cell';
import { FileStore } from '../../../src/run/store/file-store';
import { manifestIndexName } from '../../../src/run/store/manifest-index';
import { makeManifest } from '../../support/records';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-manifest-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manifestOf = (seeds: number): Manifest => {
  const manifest = makeManifest({ seeds: Array.from({ length: seeds }, (_, at) => at + 1) });
  return { ...manifest, cells: manifest.cells.map((cell) => ({ ...cell, key: cellKey(cell.specification) })) };
};
const index = () => join(folder, manifestIndexName);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it('is written with a large manifest, so that whoever starts next does not read that', async () => {
  const manifest = manifestOf(200);
  await new FileStore(folder).saveManifest(manifest);
  expect(existsSync(index())).toBe(true);
  expect(plain(await new FileStore(folder).loadManifest())).toEqual(plain(manifest));
  // What it says is believed without a look at the manifest.
  const [, text] = readFileSync(index(), 'utf8').replace('"experiment":"test"', '"experiment":"changed"').split('\n');
  writeFileSync(index(), `${createHash('sha1').update(text!).digest('hex')}\n${text}`);
  expect((await new FileStore(folder).loadManifest())!.experiment).toBe('changed');
});

it('is not believed of a manifest that was written since', async () => {
  const store = new FileStore(folder);
  await store.saveManifest(manifestOf(200));
  await store.saveManifest(manifestOf(201));
  expect((await new FileStore(folder).loadManifest())!.cells).toHaveLength(manifestOf(201).cells.length);
  const smaller = manifestOf(3);
  await store.saveManifest(smaller);
  expect(plain(await new FileStore(folder).loadManifest())).toEqual(plain(smaller));
});

it('is not needed: small manifests have none, and a damaged one is passed over', async () => {
  const store = new FileStore(folder);
  await store.saveManifest(manifestOf(3));
  expect(existsSync(index())).toBe(false);
  const manifest = manifestOf(200);
  await store.saveManifest(manifest);
  writeFileSync(index(), readFileSync(index(), 'utf8').replace('lstm', 'LSTM'));
  expect(plain(await new FileStore(folder).loadManifest())).toEqual(plain(manifest));
});
