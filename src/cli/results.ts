import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import type { Manifest } from '../core/contracts/record';
import type { SerialisedError } from '../core/contracts/execution';
import type { Stored } from '../core/contracts/store';
import { zooError } from '../core/errors';
import { buildMatrix, type Matrix } from '../studies/capability/summarise/matrix';
import { FileStore } from '../run/store/file-store';

/** What a folder holds for the cells of a manifest, and everything else that lies there. */
export interface Results {
  readonly manifest: Manifest;
  readonly stored: ReadonlyMap<string, Stored>;
  readonly scanned: readonly Stored[];
}

/** Reads every record of a folder once. */
export async function readResults(store: FileStore, manifest: Manifest): Promise<Results> {
  const keys = new Set(manifest.cells.map(({ key }) => key));
  const found = (await store.scan(keys)).map((stored) => ({ stored, key: keyOf(stored) }));
  const stored = new Map(found.filter(({ key }) => keys.has(key)).map((each) => [each.key, each.stored]));
  return { manifest, stored, scanned: found.filter(({ key }) => !keys.has(key)).map((each) => each.stored) };
}

const keyOf = (stored: Stored): string => {
  if (stored.status === 'finished') return stored.record.key;
  return stored.status === 'missing' ? '' : basename(stored.file, '.json');
};

/** Damaged records of the folder, also of cells that are not asked for. */
export const corruptOf = ({ stored, scanned }: Results) =>
  [...stored.values(), ...scanned].filter((found) => found.status === 'corrupt');

/** @throws corrupt-records when there are any */
export function refuseCorrupt(results: Results): void {
  const records = corruptOf(results);
  if (records.length) throw zooError('corrupt-records', { records });
}

export function matrixOf(
  { stored, scanned }: Results,
  shown: Manifest,
  failures?: ReadonlyMap<string, SerialisedError>,
): Matrix {
  return buildMatrix({ manifest: shown, stored, scanned, failures });
}

/**
 * Folder of results named by its path, by its experiment's name (`runs/<name>`), or by its experiment's file.
 * @throws no-results
 */
export function findResults(name: string, workingFolder: string): string {
  const experiment = basename(name, extname(name) === '.json' ? '.json' : '');
  const candidates = [
    resolve(workingFolder, name),
    resolve(workingFolder, 'runs', experiment),
    resolve(workingFolder, 'results', experiment),
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'manifest.json')));
  if (found) return found;
  throw zooError('no-results', {
    folder: existsSync(candidates[0]!) && !name.endsWith('.json') ? candidates[0]! : candidates[1]!,
  });
}

/** Results and manifest of a folder, read without any unit code. */
export async function openResults(name: string, workingFolder: string): Promise<Results> {
  const store = new FileStore(findResults(name, workingFolder));
  return readResults(store, (await store.loadManifest())!);
}
