import { existsSync, readFileSync, readdirSync, statSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RecordOf } from '../../core/contracts/record';
import { stateOf, type FileState } from './index-file';
import { recordsIn, type LazyRecord } from './pack-file';

export const recordsFolder = 'records';
export const packsFolder = 'packs';
export const packEnding = '.jsonl.gz';
const recordEnding = '.json';

/** Where one record of a folder lies: a file of its own, or a line of a pack. */
export interface RecordPlace {
  readonly key: string;
  /** Path of its file below the folder of records, there or not: `lstm/parity/<key>.json`. */
  readonly name: string;
  /** For messages. That of a packed record goes on behind its pack. */
  readonly file: string;
  readonly isPacked: boolean;
  /** Of the file that holds it. */
  state(): FileState | undefined;
  /** What it says, as JSON. @throws what the file system says, or how a pack is damaged */
  read(): Promise<string>;
  /** The same at once. */
  readNow(): string;
}

/** A record as a file has it, of a line of a pack. */
export const asFile = (line: string): string => `${JSON.stringify(JSON.parse(line), null, 1)}\n`;
/** The other way. */
export const asLine = (text: string): string => JSON.stringify(JSON.parse(text));

/** An id as a name of a folder: `acme/parity` becomes `acme~parity`, no id has a "~", and none leads elsewhere. */
const folderName = (id: string): string => id.replaceAll(/[/\\]|^\.+$/g, '~');

/** Path of a record's file below the folder of records: `[study/]<architecture>/<task>/<key>.json`. */
export function nameOfRecord({ key, specification }: Pick<RecordOf, 'key' | 'specification'>): string {
  const { architecture, task, study } = specification;
  const names = [study?.id, architecture?.id, task?.id].filter((name) => name !== undefined);
  return [...names.map((id) => folderName(String(id))), `${key}${recordEnding}`].join('/');
}

export const keyOf = (name: string): string => basename(name, recordEnding);

/** The pack of a record, by the name of its file, and its folder there: of `lstm/parity/<key>.json` they are `lstm` and `parity`. */
export function packOf(name: string): { readonly pack: string; readonly folder: string } {
  const parts = name.split('/').slice(0, -1);
  const folder = parts.length > 1 ? parts.pop()! : '';
  return { pack: parts.join('/') || 'others', folder };
}

/** A pack as it was at one moment. */
interface Pack {
  readonly state: FileState | undefined;
  readonly records: ReadonlyMap<string, RecordPlace>;
}

/**
 * The records of a folder of results, each once, read or not: files of their own in `records/`, and lines of packs in `packs/`.
 * What is in both is read from its own file, which is the newer one.
 */
export class RecordPlaces {
  private known = new Map<string, RecordPlace>();
  private packs = new Map<string, Pack>();

  constructor(private readonly location: string) {}

  /** All, in the order of their names. */
  all(): RecordPlace[] {
    // In this order: a record is in its pack before its file goes.
    const files = this.files();
    const packed = this.packNames().flatMap((name) => [...this.packed(name).values()]);
    this.known = new Map([...packed, ...files].map((place) => [place.key, place]));
    return [...this.known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The record with a key, wherever it was seen last. */
  of(key: string): RecordPlace | undefined {
    const known = this.known.get(key);
    if (!known) return this.all().find((place) => place.key === key);
    const newer = this.fileNamed(known.name);
    return known.isPacked && existsSync(newer.file) ? newer : known;
  }

  /** The record of a job, which can only be in one file and one pack. */
  find(job: Pick<RecordOf, 'key' | 'specification'>): RecordPlace | undefined {
    const name = nameOfRecord(job);
    const file = this.fileNamed(name);
    return existsSync(file.file) ? file : this.packed(packOf(name).pack).get(job.key);
  }

  /** The file of a record, there or not. */
  fileNamed(name: string): RecordPlace {
    const file = join(this.location, recordsFolder, name);
    const key = keyOf(name);
    const since = (error: unknown): RecordPlace => {
      const moved = codeOf(error) === 'ENOENT' && this.packed(packOf(name).pack).get(key);
      if (!moved) throw error;
      return moved;
    };
    return {
      key,
      name,
      file,
      isPacked: false,
      state: () => stateOf(file),
      read: () => readRegular(file).then(String, (error: unknown) => since(error).read()),
      readNow: () => {
        try {
          return readFileSync(file, 'utf8');
        } catch (error) {
          return since(error).readNow();
        }
      },
    };
  }

  /** Files of records, in no order. What a crash left half-written has another ending. */
  files(): RecordPlace[] {
    const names = namesBelow(join(this.location, recordsFolder));
    return names.filter((name) => name.endsWith(recordEnding)).map((name) => this.fileNamed(name));
  }

  /** Names of packs, in order. */
  packNames(): string[] {
    const names = namesBelow(join(this.location, packsFolder)).filter((name) => name.endsWith(packEnding));
    return names.map((name) => name.slice(0, -packEnding.length)).sort();
  }

  packFile = (name: string): string => join(this.location, packsFolder, `${name}${packEnding}`);

  /** Records of a pack by their keys, read anew where it has changed. */
  packed(name: string): ReadonlyMap<string, RecordPlace> {
    const file = this.packFile(name);
    const state = stateOf(file);
    const known = this.packs.get(name);
    if (known && state && known.state?.size === state.size && known.state.mtimeMs === state.mtimeMs)
      return known.records;
    const places = contentOf(file).map((record) => placeInPack(record, { name, file, state }));
    const records = new Map(places.map((place) => [place.key, place]));
    this.packs.set(name, { state, records });
    return records;
  }
}

function placeInPack(
  { key, folder, line }: LazyRecord,
  pack: { readonly name: string; readonly file: string; readonly state: FileState | undefined },
): RecordPlace {
  const within = [...(folder ? [folder] : []), `${key}${recordEnding}`].join('/');
  return {
    key,
    name: `${pack.name}/${within}`,
    file: `${pack.file}/${within}`,
    isPacked: true,
    state: () => pack.state,
    // A promise that fails, as that of a file.
    read: () => new Promise((resolve) => resolve(line())),
    readNow: line,
  };
}

/** Nothing where there is no pack; of what cannot be read a record that says why. */
function contentOf(file: string): LazyRecord[] {
  try {
    return recordsIn(readRegularNow(file));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    const line = () => {
      throw error;
    };
    return [{ key: 'all', folder: '', line }];
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** Files below a folder, by their paths from there; faster than what Node.js has for it, by half for many folders. */
export function namesBelow(folder: string, prefix = ''): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? namesBelow(`${folder}/${entry.name}`, `${prefix}${entry.name}/`) : `${prefix}${entry.name}`,
    );
  } catch {
    return [];
  }
}

/** A pipe or a device in a file's place would be waited for, or read without end. */
export async function readRegular(file: string): Promise<Buffer> {
  requireRegular(await stat(file));
  return readFile(file);
}
function readRegularNow(file: string): Buffer {
  requireRegular(statSync(file));
  return readFileSync(file);
}
function requireRegular(found: Stats): void {
  if (!found.isFile() && !found.isDirectory()) throw new Error('it is a pipe or a device');
}
