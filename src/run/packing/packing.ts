import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryBeside, writeAsked } from '../../core/atomic-file';
import { ZooError, zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';
import { Claims } from '../shared/claims';
import { wordsOf } from '../shared/owner';
import type { FileStore } from '../store/file-store';
import { encodePack, isKey, recordsIn, type PackedRecord } from '../store/pack-file';
import { soundRecord } from '../store/record-file';
import {
  asFile,
  asLine,
  nameOfRecord,
  packOf,
  packsFolder,
  recordsFolder,
  type RecordPlace,
} from '../store/record-places';

/** What became of the records of a folder. */
export interface Packing {
  /** Records that were moved. */
  readonly moved: number;
  /** Records in packs, and packs, as they are now. */
  readonly packed: number;
  readonly packs: number;
  /** Files of records, as they are now. */
  readonly files: number;
  /** Of files and packs of records. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Records that stay where they are, since they are damaged, and packs that are not touched for that reason. */
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
}

type Damaged = { file: string; reason: string }[];

/**
 * Moves the records of a folder that are files of their own into packs, by row. A record is in its pack, and that on the disk,
 * before its file goes: whatever ends this loses nothing, and it can be done again. Others may measure into the folder meanwhile.
 * @throws being-packed, write-failed
 */
export const packRecords = (store: FileStore): Packing =>
  withClaim(store, (damaged) => {
    const { records } = store;
    const byPack = new Map<string, Loose[]>();
    for (const place of records.files()) {
      const loose = readLoose(place, damaged);
      if (!loose) continue;
      const { pack } = packOf(loose.name);
      byPack.set(pack, [...(byPack.get(pack) ?? []), loose]);
    }
    let moved = 0;
    for (const [pack, loose] of byPack) {
      const all = readPack(records.packed(pack), damaged);
      if (!all) continue;
      for (const { place, name, line } of loose) {
        const { folder } = packOf(name);
        all.set(place.key, { key: place.key, folder, line });
      }
      writePack(records.packFile(pack), [...all.values()]);
      for (const each of loose) if (removeUnchanged(each)) moved++;
    }
    return moved;
  });

/**
 * Makes files of their own of all records in packs. A pack goes when each of its records is a file; one of which a part cannot
 * be read stays.
 * @throws being-packed, write-failed
 */
export const unpackRecords = (store: FileStore): Packing =>
  withClaim(store, (damaged) => {
    const { records } = store;
    let moved = 0;
    for (const name of records.packNames()) {
      const before = damaged.length;
      for (const place of records.packed(name).values()) moved += unpack(place, store, damaged);
      if (damaged.length > before) continue;
      rmSync(records.packFile(name), { force: true });
    }
    return moved;
  });

/** One of both at a time: each makes packs of what it has read of them. */
function withClaim(store: FileStore, move: (damaged: Damaged) => number): Packing {
  const claims = join(store.location, 'claims');
  const isNew = !existsSync(claims);
  const claim = takeClaim(store.location);
  try {
    const damaged: Damaged = [];
    const bytesBefore = sizeOf(store).bytes;
    const moved = move(damaged);
    const { bytes: bytesAfter, ...now } = sizeOf(store);
    if (!isWorkedOn(store.location))
      for (const part of [recordsFolder, packsFolder]) removeEmpty(join(store.location, part));
    return { moved, ...now, bytesBefore, bytesAfter, damaged };
  } finally {
    claim.release();
    if (isNew) removeEmpty(claims);
  }
}

/** Whoever measures may want to write into a folder that is empty now. */
const isWorkedOn = (folder: string): boolean =>
  new Claims(folder).all().some(({ key, holds }) => holds && key !== claimed);

/** Removes a folder and those in it, as far as they are empty. */
function removeEmpty(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
    rmdirSync(folder);
  } catch {
    // Something is in it, or it is not there.
  }
}

/** Not the key of a job. */
const claimed = 'packs';

function takeClaim(folder: string) {
  try {
    return new Claims(folder).take(claimed);
  } catch (error) {
    if (!(error instanceof ZooError) || error.code !== 'claimed') throw error;
    const [held] = new Claims(folder).all([claimed]);
    throw zooError('being-packed', { folder, owner: wordsOf(held?.owner ?? null) });
  }
}

function sizeOf({ records }: FileStore) {
  const [files, packs] = [records.files(), records.packNames()];
  const sizes = [...files.map(({ file }) => file), ...packs.map(records.packFile)].map(
    (file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0,
  );
  const packed = packs.reduce((sum, name) => sum + records.packed(name).size, 0);
  return { packed, packs: packs.length, files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** A sound record in a file of its own. */
interface Loose {
  readonly place: RecordPlace;
  readonly text: string;
  readonly line: string;
  /** Where it belongs by what it says. */
  readonly name: string;
}

function readLoose(place: RecordPlace, damaged: Damaged): Loose | undefined {
  try {
    const text = readFileSync(place.file, 'utf8');
    const record = soundRecord(text, place.key);
    if (!isKey(place.key)) throw new Error('its key is none');
    return { place, text, line: asLine(text), name: nameOfRecord(record) };
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isGone) damaged.push({ file: place.file, reason: systemReason(error) });
    return undefined;
  }
}

/** Its records, to be written again; undefined where one of them cannot be read: nothing of it shall be lost. */
function readPack(places: ReadonlyMap<string, RecordPlace>, damaged: Damaged): Map<string, PackedRecord> | undefined {
  const before = damaged.length;
  const all = new Map<string, PackedRecord>();
  for (const place of places.values()) {
    const read = readPacked(place, damaged);
    if (read) all.set(place.key, { key: place.key, folder: packOf(read.name).folder, line: read.said });
  }
  return damaged.length > before ? undefined : all;
}

function readPacked(place: RecordPlace, damaged: Damaged) {
  try {
    const said = place.readNow();
    return { said, name: nameOfRecord(soundRecord(said, place.key)) };
  } catch (error) {
    damaged.push({ file: place.file, reason: systemReason(error) });
    return undefined;
  }
}

/** What is written is first read as everybody will: the files go next. */
function writePack(file: string, records: readonly PackedRecord[]): void {
  const bytes = encodePack(records);
  const lines = new Map(recordsIn(bytes).map(({ key, line }) => [key, line()]));
  if (lines.size !== records.length || records.some(({ key, line }) => lines.get(key) !== line))
    throw new TypeError(`${file} would not be read as it is written`);
  writeAsked(file, bytes);
}

/** Removes a file that still says what was packed; false where somebody wrote a newer one meanwhile, which stays. */
function removeUnchanged({ place: { file }, text }: Loose): boolean {
  const aside = temporaryBeside(file);
  try {
    renameSync(file, aside);
    const isSame = readFileSync(aside, 'utf8') === text;
    if (isSame || existsSync(file)) rmSync(aside);
    else renameSync(aside, file);
    return isSame;
  } catch {
    return false; // it counts, and is packed the next time
  }
}

function unpack(place: RecordPlace, { records }: FileStore, damaged: Damaged): number {
  const read = readPacked(place, damaged);
  if (!read) return 0;
  const { file } = records.fileNamed(read.name);
  if (statSync(file, { throwIfNoEntry: false })) return 0; // the newer one
  writeAsked(file, asFile(read.said));
  return 1;
}
