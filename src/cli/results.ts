import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { Manifest } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import type { Stored } from '../core/contracts/store';
import { zooError } from '../core/errors';
import { packageRoot } from '../core/package';
import { defaultStudy } from '../core/experiment';
import { withReasons } from '../run/code/stale';
import { recordShapesOf } from '../run/store/record-shapes';
import { addPlugins, openRegistry } from './units';
import { FileStore } from '../run/store/file-store';

/** What a folder holds for the cells of a manifest, and everything else that lies there. */
export interface Results {
  readonly manifest: Manifest<Job>;
  readonly stored: ReadonlyMap<string, Stored>;
  readonly scanned: readonly Stored[];
}

/** Reads every record of a folder once. */
export async function readResults(store: FileStore, manifest: Manifest<Job>): Promise<Results> {
  const keys = new Set(manifest.cells.map(({ key }) => key));
  const found = withReasons(manifest, await store.scan(keys)).map((stored) => ({ stored, key: keyOf(stored) }));
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

/**
 * Folder of results named by its path (also one of the package's own), by its experiment's name (`runs/<name>`), or by its
 * experiment's file.
 * @throws no-results
 */
export function findResults(name: string, workingFolder: string): string {
  const experiment = basename(name, extname(name) === '.json' ? '.json' : '');
  const candidates = [
    resolve(workingFolder, name),
    resolve(packageRoot, name), // results/quick, where only the package has it
    resolve(workingFolder, 'runs', experiment),
    resolve(workingFolder, 'results', experiment),
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'manifest.json')));
  if (found) return found;
  throw zooError('no-results', {
    folder: existsSync(candidates[0]!) && !name.endsWith('.json') ? candidates[0]! : candidates[2]!,
  });
}

/** A folder of results and the study that says what they mean. */
export interface OpenedResults extends Results {
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
}

/** Results and manifest of a folder, read with no unit of the grid, and so without a tensor library. */
export async function openResults(
  name: string,
  plugins: readonly string[],
  workingFolder: string,
): Promise<OpenedResults> {
  const folder = findResults(name, workingFolder);
  const { registry } = await openRegistry(['studies', 'views'], plugins, workingFolder);
  const store = new FileStore(folder, recordShapesOf(registry));
  const manifest = (await store.loadManifest())!;
  const id = manifest.study ?? defaultStudy;
  // A study that came from a plugin is brought by it again.
  if (!registry.find('study', id))
    await addPlugins(registry, pluginsOf(manifest), workingFolder, `${name}, manifest.json`);
  const study = registry.resolve('study', id, `${name}, manifest.json`);
  return { registry, study, ...(await readResults(store, manifest)) };
}

/** Plugins that jobs of a manifest need. */
export const pluginsOf = ({ cells }: Manifest<Job>): string[] => [...new Set(cells.flatMap(({ plugins }) => plugins))];
