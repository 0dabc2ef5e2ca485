import { existsSync, statSync } from 'node:fs';
import { writeAsked } from '../../core/atomic-file';
import { cellLabel } from '../../core/cell';
import type { RecordOf } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';
import type { FileStore } from '../store/file-store';
import { soundRecord } from '../store/record-file';
import { asFile, nameOfRecord, type RecordPlace } from '../store/record-places';
import type { NamedManifest } from './manifests';
import { isSameResult, keptOf, madeWhere } from './same-results';

/** A folder that is put together with others. */
export interface Source extends NamedManifest {
  readonly store: FileStore;
}

/** What became of the records, checkpoints and weights of several folders. */
export interface MergedFolders {
  /** Sound records that the result has, of whichever run. */
  readonly keys: ReadonlySet<string>;
  /** Records that were written, by the folder they came from. */
  readonly copied: ReadonlyMap<string, number>;
  /** Cells that several folders have, equal to the byte. */
  readonly equal: number;
  /** Cells that several folders have, equal but for when and where they were made. */
  readonly repeated: readonly string[];
  /** Cells with different results, of which those of the first folder were taken. */
  readonly different: readonly string[];
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
  readonly checkpoints: number;
  readonly weights: number;
  /** Cells whose weights no folder has. */
  readonly withoutWeights: readonly string[];
}

interface Found {
  readonly source: Source;
  readonly place: RecordPlace;
}
interface Read extends Found {
  readonly text: string;
  readonly record: RecordOf;
}

/**
 * Copies what `sources` hold into `out`, which may be one of them: each record once, checkpoints of what is unfinished, and the
 * weights that records name. Files are whole or not there, and nothing is written before all that is there twice was compared,
 * so that it can be interrupted and begun again. The manifest is not written.
 * @throws different-records, write-failed
 */
export async function mergeFolders(
  out: FileStore,
  sources: readonly Source[],
  { takeFirst = false } = {},
): Promise<MergedFolders> {
  const places = placesOf(sources);
  const damaged: { file: string; reason: string }[] = [];
  const sound = (found: readonly Found[]) => found.flatMap((each) => readSound(each, damaged));
  const comparison = { equal: 0, repeated: [] as string[], different: [] as string[] };
  const chosen = new Map<string, Found>();
  const differing: { cell: string; where: string[] }[] = [];
  for (const [key, found] of places) {
    if (found.length === 1) continue;
    const read = sound(found);
    const [first, ...others] = read;
    if (!first) {
      places.set(key, []);
      continue;
    }
    const cell = cellLabel(first.record);
    const same = read.filter(({ record }) => isSameResult(first.record, record)) as [Read, ...Read[]];
    const unlike = others.find((each) => !same.includes(each));
    if (unlike) {
      comparison.different.push(cell);
      differing.push({ cell, where: read.map(({ source, record }) => madeWhere(source.name, record)) });
    }
    if (same.length > 1) {
      if (same.every(({ text }) => text === first.text)) comparison.equal++;
      else comparison.repeated.push(cell);
    }
    const { source, place } = keptOf(same);
    chosen.set(key, { source, place });
  }
  if (differing.length > 0 && !takeFirst) throw zooError('different-records', { records: differing });

  await out.prepare();
  const weights = new WeightsOf(out, sources);
  const keys = new Set<string>();
  const copied = new Map<string, number>();
  for (const [key, found] of places) {
    const kept = chosen.get(key) ?? found[0];
    const [read] = kept ? sound([kept]) : [];
    if (!read) continue;
    const { source, place, text, record } = read;
    // Before the record, which names them.
    await weights.bring(record);
    if (source.store.location !== out.location) {
      // Names in packs are what somebody says; those of files are where they are.
      const name = place.isPacked ? nameOfRecord(record) : place.name;
      writeAsked(out.records.fileNamed(name).file, text);
      copied.set(source.name, (copied.get(source.name) ?? 0) + 1);
      await out.removeCheckpoint(key);
    }
    keys.add(key);
  }
  const checkpoints = await bringCheckpoints(out, sources, keys);
  return {
    keys,
    copied,
    ...comparison,
    damaged,
    checkpoints,
    weights: weights.brought,
    withoutWeights: weights.missed,
  };
}

/** Records by their keys, each list in the order of the folders. */
function placesOf(sources: readonly Source[]): Map<string, Found[]> {
  const places = new Map<string, Found[]>();
  for (const source of sources)
    for (const place of source.store.records.all())
      places.set(place.key, [...(places.get(place.key) ?? []), { source, place }]);
  return places;
}

function readSound({ source, place }: Found, damaged: { file: string; reason: string }[]): Read[] {
  if (damaged.some(({ file }) => file === place.file)) return [];
  try {
    const said = place.readNow();
    const record = soundRecord(said, place.key);
    return [{ source, place, text: place.isPacked ? asFile(said) : said, record }];
  } catch (error) {
    damaged.push({ file: place.file, reason: systemReason(error) });
    return [];
  }
}

/** The newest of each job without a record. */
async function bringCheckpoints(
  out: FileStore,
  sources: readonly Source[],
  finished: ReadonlySet<string>,
): Promise<number> {
  const newest = new Map<string, { readonly store: FileStore; readonly time: number }>();
  for (const { store } of sources)
    for (const key of await store.checkpoints()) {
      if (finished.has(key)) continue;
      const time = statSync(store.checkpointFile(key), { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (time > (newest.get(key)?.time ?? 0)) newest.set(key, { store, time });
    }
  let brought = 0;
  for (const [key, { store }] of newest) {
    const content = store.location === out.location ? null : await store.loadCheckpoint(key);
    if (!content) continue;
    await out.saveCheckpoint(key, content);
    brought++;
  }
  return brought;
}

/** Weights that records name, brought from the first folder that has them whole. */
class WeightsOf {
  brought = 0;
  readonly missed: string[] = [];

  constructor(
    private readonly out: FileStore,
    private readonly sources: readonly Source[],
  ) {}

  async bring(record: RecordOf): Promise<void> {
    const { weights } = record.provenance;
    if (weights === undefined || existsSync(this.out.weightsFile(weights))) return;
    for (const { store } of this.sources) {
      const content = await store.loadWeights(weights);
      if (!content) continue;
      await this.out.saveWeights(content);
      this.brought++;
      return;
    }
    this.missed.push(cellLabel(record));
  }
}
