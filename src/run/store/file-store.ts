import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { removeLeftovers, temporaryBeside, writeAsked } from '../../core/atomic-file';
import { systemClock } from '../../core/clock';
import type { SerialisedError } from '../../core/contracts/execution';
import { Manifest } from '../../core/contracts/manifest';
import type { Job, RecordOf } from '../../core/contracts/record';
import type { Store, Stored } from '../../core/contracts/store';
import { zooError, ZooError } from '../../core/errors';
import { whyNotJson } from '../../core/json-file';
import { systemReason } from '../../core/system-reason';
import { validated } from '../../core/validation';
import { stateOf } from './index-file';
import { manifestIndexName, readManifestIndex, writeManifestIndex } from './manifest-index';
import { IndexedReading, indexName } from './indexed-reading';
import { decodeChecked, decodeRecord, encodeChecked, encodeRecord } from './record-file';
import { builtInShapes, type RecordShapes } from './record-shapes';

/** Room for a record or two. */
const probeBytes = 2 ** 16;

/** An id as a name of a folder: `acme/parity` becomes `acme~parity`, and no id has a "~". */
const folderName = (id: string): string => id.replaceAll('/', '~');

/** Between the weights of a job and its record lie milliseconds: weights that no record names after so long were left behind. */
const outlivedAfter = 60 * 60 * 1000;

/**
 * Records, checkpoints, weights and the manifest of one experiment in a folder:
 * `records/[study/]<architecture>/<task>/<key>.json`, `checkpoints/<key>.bin`, `weights/<sha256>.safetensors`,
 * `failures/<key>.json`, `manifest.json`; and while it is worked on `claims/<key>` (`shared/claims.ts`).
 */
export class FileStore implements Store {
  /** Where a record was found or written; names of files change for nobody else's reasons. */
  private readonly files = new Map<string, string>();

  constructor(
    readonly location: string,
    private readonly shapes: RecordShapes = builtInShapes,
  ) {}

  /**
   * Makes the folder and proves that it can be written to, before anything is trained. What killed runs of this host were
   * writing is removed, and checkpoints that a record has made useless.
   * @throws unwritable-folder
   */
  async prepare(): Promise<void> {
    const probe = temporaryBeside(join(this.location, 'probe'));
    try {
      await mkdir(this.location, { recursive: true });
      writeFileSync(probe, Buffer.alloc(probeBytes), { flag: 'wx' });
      accessSync(this.location, constants.W_OK);
    } catch (error) {
      throw zooError('unwritable-folder', { folder: this.location, reason: systemReason(error) });
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
    removeLeftovers(this.location);
    for (const part of ['records', 'checkpoints', 'weights', 'failures', 'claims'])
      removeLeftovers(join(this.location, part), { recursive: true });
    await this.removeOutlivedCheckpoints();
    await this.removeOutlivedWeights();
  }

  async load(key: string): Promise<Stored> {
    const file = this.files.get(key) ?? (await this.recordFiles()).get(key);
    return file ? this.read(file) : { status: 'missing' };
  }

  /** The record of a job, which can only be in one place. */
  async find(job: Pick<Job, 'key' | 'specification'>): Promise<Stored> {
    const file = this.fileOf(job);
    return existsSync(file) ? this.read(file) : { status: 'missing' };
  }

  /** Keys of the records there are, unread. */
  recordKeys(): string[] {
    const names = namesBelow(join(this.location, 'records'));
    return names.flatMap((name) => (name.endsWith('.json') ? keyOf(name) : []));
  }

  /** Tells others who share the folder that a job fails, so that they do not try it. */
  noteFailure({ key }: Pick<Job, 'key'>, error: SerialisedError): void {
    writeAsked(this.failureFile(key), `${JSON.stringify(error)}\n`);
  }
  /** How a job failed since it was last forgotten. */
  failureOf({ key }: Pick<Job, 'key'>): SerialisedError | undefined {
    try {
      return JSON.parse(readFileSync(this.failureFile(key), 'utf8')) as SerialisedError;
    } catch {
      return undefined;
    }
  }
  /** Jobs that failed are tried again. */
  forgetFailures(jobs: readonly Pick<Job, 'key'>[]): void {
    const asked = new Set(jobs.map(({ key }) => key));
    for (const key of this.failed()) if (asked.has(key)) rmSync(this.failureFile(key), { force: true });
    if (this.failed().length === 0) rmSync(join(this.location, 'failures'), { force: true, recursive: true });
  }
  /** Keys of jobs that failed. */
  failed(): string[] {
    const names = namesBelow(join(this.location, 'failures'));
    return names.flatMap((name) => (name.endsWith('.json') ? keyOf(name) : []));
  }

  async scan(expected: ReadonlySet<string>): Promise<Stored[]> {
    const folder = join(this.location, 'records');
    const names = await this.recordNames();
    const reading = new IndexedReading(join(this.location, indexName), {
      folder,
      read: (name) => this.read(join(folder, name)),
      readAgain: (name) => this.readAgain(join(folder, name)),
    });
    return (await reading.all(names)).map((stored, at) => {
      const name = names[at]!;
      if (stored.status !== 'finished' || expected.has(keyOf(name))) return stored;
      const reason = 'this experiment does not ask for it';
      const file = join(folder, name);
      // The record is read when somebody looks at it: few views do.
      return {
        status: 'of another run',
        file,
        reason,
        get record() {
          return stored.record;
        },
      };
    });
  }

  async save(record: RecordOf): Promise<void> {
    const text = encodeRecord(record, this.shapes);
    const file = this.fileOf(record);
    writeAsked(file, text);
    this.files.set(record.key, file);
  }

  async loadCheckpoint(key: string): Promise<Uint8Array | null> {
    const file = await readIfThere(this.checkpointFile(key));
    return file === null ? null : decodeChecked(file);
  }
  async saveCheckpoint(key: string, content: Uint8Array): Promise<void> {
    writeAsked(this.checkpointFile(key), encodeChecked(content));
  }
  async removeCheckpoint(key: string): Promise<void> {
    await rm(this.checkpointFile(key), { force: true });
  }

  /** Keys of the jobs that have one. */
  async checkpoints(): Promise<string[]> {
    const names = await namesIn(join(this.location, 'checkpoints'));
    return names.filter((name) => name.endsWith('.bin') && !name.startsWith('.')).map((name) => basename(name, '.bin'));
  }

  /** Keeps weights under the digest of their bytes, which is returned. Equal ones are there once. */
  async saveWeights(content: Uint8Array): Promise<string> {
    const digest = sha256(content);
    if (!(await this.loadWeights(digest))) writeAsked(this.weightsFile(digest), content);
    return digest;
  }
  /** Null where they are not there, or damaged. */
  async loadWeights(digest: string): Promise<Uint8Array | null> {
    const file = await readIfThere(this.weightsFile(digest));
    return file && sha256(file) === digest ? new Uint8Array(file) : null;
  }
  weightsFile = (digest: string): string => join(this.location, 'weights', `${digest}.safetensors`);

  /** What killed runs left behind, and what a record named that was measured anew since. */
  private async removeOutlivedWeights(): Promise<void> {
    const files = await namesIn(join(this.location, 'weights'));
    if (files.length === 0) return;
    const records = await Promise.all([...(await this.recordFiles()).values()].map((file) => this.read(file)));
    const isNamed = (digest: string) =>
      records.some((stored) => 'record' in stored && stored.record.provenance?.weights === digest);
    // A damaged record may name what it can no longer say.
    if (records.some(({ status }) => status === 'corrupt')) return;
    for (const name of files.filter(
      (each) => each.endsWith(weightsEnding) && !isNamed(basename(each, weightsEnding)),
    )) {
      const file = join(this.location, 'weights', name);
      const { mtimeMs } = await stat(file);
      if (Date.parse(systemClock.timestamp()) - mtimeMs > outlivedAfter) await rm(file, { force: true });
    }
  }

  /** A run that was killed between saving a record and removing its checkpoint leaves one that is older than the record. */
  private async removeOutlivedCheckpoints(): Promise<void> {
    for (const file of await namesIn(join(this.location, 'checkpoints'))) {
      const key = basename(file, '.bin');
      const stored = await this.load(key);
      if (stored.status !== 'finished') continue;
      const [checkpoint, record] = await Promise.all([stat(this.checkpointFile(key)), stat(this.files.get(key)!)]);
      if (checkpoint.mtimeMs <= record.mtimeMs) await this.removeCheckpoint(key);
    }
  }

  async loadManifest(): Promise<Manifest<Job> | null> {
    const file = join(this.location, 'manifest.json');
    const index = join(this.location, manifestIndexName);
    const state = stateOf(file);
    const known = readManifestIndex(index, state);
    if (known) return known;
    const text = (await readIfThere(file))?.toString('utf8');
    if (text === undefined) return null;
    try {
      const manifest: unknown = JSON.parse(text);
      validated(Manifest, manifest, { place: file, unknownKeys: 'keep' });
      writeManifestIndex(index, state, manifest as Manifest<Job>);
      return manifest as Manifest<Job>;
    } catch (error) {
      const reason = error instanceof ZooError ? error.what : `it is not JSON: ${whyNotJson(text)}.`;
      throw zooError('corrupt-manifest', { file, reason });
    }
  }
  async saveManifest(manifest: Manifest<Job>): Promise<void> {
    const file = join(this.location, 'manifest.json');
    writeAsked(file, `${JSON.stringify(manifest, null, 1)}\n`);
    writeManifestIndex(join(this.location, manifestIndexName), stateOf(file), manifest, { isOwn: true });
  }

  private fileOf({ key, specification }: Pick<RecordOf, 'key' | 'specification'>): string {
    const { architecture, task, study } = specification;
    const names = [study?.id, architecture?.id, task?.id].filter((name) => name !== undefined);
    return join(this.location, 'records', ...names.map(folderName), `${key}.json`);
  }
  checkpointFile = (key: string): string => join(this.location, 'checkpoints', `${key}.bin`);
  private failureFile = (key: string): string => join(this.location, 'failures', `${key}.json`);

  private async read(file: string): Promise<Stored> {
    try {
      const reading = decodeRecord((await readRegular(file)).toString('utf8'), keyOf(file), this.shapes);
      return reading.status === 'finished' ? reading : { ...reading, file };
    } catch (error) {
      return { status: 'corrupt', file, reason: systemReason(error) };
    }
  }

  /** @throws what the file system says, or where it is not believed any longer */
  private readAgain(file: string): RecordOf {
    const reading = decodeRecord(readFileSync(file, 'utf8'), keyOf(file), this.shapes);
    if (reading.status === 'finished') return reading.record;
    throw zooError('corrupt-records', { records: [{ ...reading, file, reason: reading.reason }] });
  }

  /** By their keys. */
  async recordFiles(): Promise<ReadonlyMap<string, string>> {
    await this.recordNames();
    return this.files;
  }

  /** Names of record files below their folder, in order. What a crash left half-written has another ending. */
  private async recordNames(): Promise<string[]> {
    const folder = join(this.location, 'records');
    const names = namesBelow(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
    names.forEach((name) => this.files.set(keyOf(name), join(folder, name)));
    return names;
  }
}

const weightsEnding = '.safetensors';
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

const namesIn = (folder: string, options = {}): Promise<string[]> =>
  readdir(folder, { ...options, encoding: 'utf8' }).catch(() => []);

/** Files below a folder, by their paths from there; faster than what Node.js has for it, by half for many folders. */
function namesBelow(folder: string, prefix = ''): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? namesBelow(`${folder}/${entry.name}`, `${prefix}${entry.name}/`) : `${prefix}${entry.name}`,
    );
  } catch {
    return [];
  }
}

const keyOf = (file: string): string => basename(file, '.json');

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readRegular(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw zooError('unreadable-file', { file, reason: systemReason(error) });
  }
}

/** A pipe or a device in a file's place would be waited for, or read without end. */
async function readRegular(file: string): Promise<Buffer> {
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) throw new Error('it is a pipe or a device');
  return readFile(file);
}
