import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
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
import { decodeChecked, decodeRecord, encodeChecked, encodeRecord, type Reading } from './record-file';
import { keyOf, nameOfRecord, namesBelow, readRegular, RecordPlaces, type RecordPlace } from './record-places';
import { builtInShapes, type RecordShapes } from './record-shapes';

/** Room for a record or two. */
const probeBytes = 2 ** 16;

/** Between the weights of a job and its record lie milliseconds: weights that no record names after so long were left behind. */
const outlivedAfter = 60 * 60 * 1000;

/**
 * Records, checkpoints, weights and the manifest of one experiment in a folder:
 * `records/[study/]<architecture>/<task>/<key>.json` or a line of `packs/[study/]<architecture>.jsonl.gz` (`pack-file.ts`),
 * `checkpoints/<key>.bin`, `weights/<sha256>.safetensors`, `failures/<key>.json`, `manifest.json`; and while it is worked on
 * `claims/<key>` (`shared/claims.ts`).
 */
export class FileStore implements Store {
  readonly records: RecordPlaces;

  constructor(
    readonly location: string,
    private readonly shapes: RecordShapes = builtInShapes,
  ) {
    this.records = new RecordPlaces(location);
  }

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
    for (const part of ['records', 'packs', 'checkpoints', 'weights', 'failures', 'claims'])
      removeLeftovers(join(this.location, part), { recursive: true });
    await this.removeOutlivedCheckpoints();
    await this.removeOutlivedWeights();
  }

  async load(key: string): Promise<Stored> {
    return this.read(this.records.of(key));
  }

  /** The record of a job, which can only be in one place. */
  async find(job: Pick<Job, 'key' | 'specification'>): Promise<Stored> {
    return this.read(this.records.find(job));
  }

  /** Keys of the records there are, unread. */
  recordKeys(): string[] {
    return this.records.all().map(({ key }) => key);
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
    const places = this.records.all();
    const reading = new IndexedReading<RecordPlace>(join(this.location, indexName), {
      read: (place) => this.read(place),
      readAgain: (place) => this.readAgain(place),
    });
    return (await reading.all(places)).map((stored, at) => {
      const { key, file } = places[at]!;
      if (stored.status !== 'finished' || expected.has(key)) return stored;
      const reason = 'this experiment does not ask for it';
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
    writeAsked(this.records.fileNamed(nameOfRecord(record)).file, encodeRecord(record, this.shapes));
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
    const records = await Promise.all(this.records.all().map((place) => this.read(place)));
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
      const place = this.records.of(key);
      if ((await this.read(place)).status !== 'finished') continue;
      const { mtimeMs } = await stat(this.checkpointFile(key));
      if (mtimeMs <= (place?.state()?.mtimeMs ?? -Infinity)) await this.removeCheckpoint(key);
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

  checkpointFile = (key: string): string => join(this.location, 'checkpoints', `${key}.bin`);
  private failureFile = (key: string): string => join(this.location, 'failures', `${key}.json`);

  private async read(place: RecordPlace | undefined): Promise<Stored> {
    if (!place) return { status: 'missing' };
    try {
      const reading = this.decoded(place, await place.read());
      return reading.status === 'finished' ? reading : { ...reading, file: place.file };
    } catch (error) {
      return { status: 'corrupt', file: place.file, reason: systemReason(error) };
    }
  }

  /** @throws what the file system says, or where it is not believed any longer */
  private readAgain(place: RecordPlace): RecordOf {
    const reading = this.decoded(place, place.readNow());
    if (reading.status === 'finished') return reading.record;
    throw zooError('corrupt-records', { records: [{ ...reading, file: place.file, reason: reading.reason }] });
  }

  private decoded = ({ key }: RecordPlace, text: string): Reading => decodeRecord(text, key, this.shapes);
}

const weightsEnding = '.safetensors';
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

const namesIn = (folder: string, options = {}): Promise<string[]> =>
  readdir(folder, { ...options, encoding: 'utf8' }).catch(() => []);

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readRegular(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw zooError('unreadable-file', { file, reason: systemReason(error) });
  }
}
