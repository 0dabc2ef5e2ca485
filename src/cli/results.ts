import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { Manifest } from '../core/contracts/manifest';
import type { Job, RecordOf } from '../core/contracts/record';
import type { Stored } from '../core/contracts/store';
import { zooError } from '../core/errors';
import { packageRoot } from '../core/package';
import { searchKeysOf } from '../core/search';
import { defaultStudy } from '../core/experiment';
import { judged } from '../run/code/stale';
import { mergeManifests, type NamedManifest } from '../run/merge/manifests';
import { mergeStored, type NamedStored } from '../run/merge/stored';
import { isSubmissionFile } from '../run/submission/submission';
import type { ReadableStore } from '../run/submission/submission-store';
import { recordShapesOf } from '../run/store/record-shapes';
import { addPlugins, openRegistry } from './units';
import { FileStore } from '../run/store/file-store';
import { submissionsShown } from './submissions';

/** What a folder holds for the cells of a manifest, and everything else that lies there. */
export interface Results {
  readonly manifest: Manifest<Job>;
  readonly stored: ReadonlyMap<string, Stored>;
  readonly scanned: readonly Stored[];
  /** Searches that its cells need, as far as they are there. */
  readonly searches: readonly RecordOf[];
}

/** Reads every record of a folder once. */
export async function readResults(store: Pick<ReadableStore, 'scan'>, manifest: Manifest<Job>): Promise<Results> {
  const keys = keysOf(manifest);
  const found = (await store.scan(keys.all)).map((stored) => [keyOf(stored), stored] as const);
  return resultsOf(manifest, keys, found);
}

/** Several folders as if they were one; differences of their records are noted. */
async function readSeveral(
  folders: readonly Folder[],
  manifest: Manifest<Job>,
  note: (line: string) => void,
): Promise<Results> {
  const keys = keysOf(manifest);
  const all: NamedStored[] = [];
  for (const { name, store } of folders) {
    const found = await store.scan(keys.all);
    all.push({ name, stored: new Map(found.map((stored) => [keyOf(stored), stored])) });
  }
  const { stored, corrupt, different } = mergeStored(all);
  const [first, ...others] = different;
  if (first !== undefined) {
    const more = others.length > 0 ? `, and ${others.length} more cells` : '';
    note(`Different results of one cell, of which those of the folder named first are shown: ${first}${more}.`);
  }
  const results = resultsOf(manifest, keys, [...stored]);
  return { ...results, scanned: [...results.scanned, ...corrupt] };
}

interface AskedKeys {
  readonly cells: ReadonlySet<string>;
  readonly searches: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

/** Of the cells, and of the searches that they need. */
function keysOf(manifest: Manifest<Job>): AskedKeys {
  const cells = new Set(manifest.cells.map(({ key }) => key));
  const searches = searchKeysOf(manifest.cells);
  return { cells, searches, all: new Set([...cells, ...searches]) };
}

function resultsOf(
  manifest: Manifest<Job>,
  { cells, searches }: AskedKeys,
  found: readonly (readonly [string, Stored])[],
): Results {
  const isMade = ([key, { status }]: readonly [string, Stored]) => searches.has(key) && status === 'finished';
  const others = found.filter((each) => !cells.has(each[0]) && !isMade(each)).map(([, stored]) => stored);
  return {
    manifest,
    stored: new Map(found.filter(([key]) => cells.has(key))),
    scanned: judged(manifest, others),
    searches: found.flatMap(([key, stored]) =>
      searches.has(key) && stored.status === 'finished' ? stored.record : [],
    ),
  };
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

/** A folder of results or a submission, and how it was named. */
export interface Folder {
  readonly name: string;
  readonly store: ReadableStore;
}

/** One or several folders of results and the study that says what they mean. */
export interface OpenedResults extends Results {
  readonly folders: readonly Folder[];
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
}

/** What reads several folders may have to say. */
interface Reading {
  readonly plugins: readonly string[];
  readonly workingFolder: string;
  /** Says where it is noted which submissions were verified; absent: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  note?(line: string): void;
}

/**
 * Results and manifest of a folder, or of several as if they were merged, read with no unit of the grid, and so without a tensor
 * library. A name may be several with commas between them. Submissions come last, whatever the order: in doubt ours are right.
 * @throws no-results, other-study, corrupt-manifest, and of submissions what is wrong with them
 */
export async function openResults(
  names: string | readonly string[],
  { plugins, workingFolder, environment, note = () => {} }: Reading,
): Promise<OpenedResults> {
  const found = new Map([names].flat().flatMap((name) => foldersNamed(name, workingFolder)));
  const { registry } = await openRegistry(['studies', 'views'], plugins, workingFolder);
  const shapes = recordShapesOf(registry);
  const folders: Folder[] = [...found].flatMap(([location, name]) =>
    isSubmissionFile(location) ? [] : { name, store: new FileStore(location, shapes) },
  );
  const manifests: NamedManifest[] = [];
  for (const { name, store } of folders) manifests.push({ name, manifest: (await store.loadManifest())! });
  const files = [...found].filter(([location]) => isSubmissionFile(location));
  for (const { name, shown } of submissionsShown(files, { shapes, environment, note }, manifests)) {
    folders.push({ name, store: shown.store });
    manifests.push({ name, manifest: shown.manifest });
  }
  const isOne = manifests.length === 1;
  const { manifest, notes } = isOne ? { ...manifests[0]!, notes: [] } : mergeManifests(manifests);
  notes.forEach(note);
  const id = manifest.study ?? defaultStudy;
  const place = `${folders[0]!.name}, manifest.json`;
  // A study that came from a plugin is brought by it again.
  if (!registry.find('study', id)) await addPlugins(registry, pluginsOf(manifest), workingFolder, place);
  const study = registry.resolve('study', id, place);
  const results = isOne ? await readResults(folders[0]!.store, manifest) : await readSeveral(folders, manifest, note);
  return { registry, study, folders, ...results };
}

/**
 * Paths of folders and submissions with their names: the one that is named, or several with commas between them.
 * @throws no-results
 */
export function foldersNamed(name: string, workingFolder: string): [string, string][] {
  const parts = name.split(',').map((part) => part.trim());
  const isOne = parts.length === 1 || parts.includes('') || existsSync(resolve(workingFolder, name));
  return (isOne ? [name] : parts).map((part) => [placeOf(part, workingFolder), part]);
}

function placeOf(name: string, workingFolder: string): string {
  const file = resolve(workingFolder, name);
  return isSubmissionFile(file) ? file : findResults(name, workingFolder);
}

/** Plugins that jobs of a manifest need. */
export const pluginsOf = ({ cells }: Manifest<Job>): string[] => [...new Set(cells.flatMap(({ plugins }) => plugins))];
