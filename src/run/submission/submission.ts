import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { cellKey, columnOf, fingerprint, rowOf } from '../../core/cell';
import { Manifest } from '../../core/contracts/manifest';
import type { Job, RecordOf } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { ZooError, zooError } from '../../core/errors';
import { unprintable } from '../../core/plain-text';
import { searchKeysOf } from '../../core/search';
import { systemReason } from '../../core/system-reason';
import { isPlainObject, validated } from '../../core/validation';
import { pairOfJob } from '../experiment/same-cells';
import { decodeRecord } from '../store/record-file';
import type { RecordShapes } from '../store/record-shapes';
import { beginning, beginsAsOne, limits, unpack } from './form';
import { SourceFile, SubmissionHead } from './head';

/** What is packed, and what a submission that was read holds. */
export interface SubmissionContent {
  readonly head: Omit<SubmissionHead, 'records' | 'sources'>;
  readonly manifest: Manifest<Job>;
  /** Texts of records as their store encodes them, on one line each, by their keys. */
  readonly records: ReadonlyMap<string, string>;
  readonly sources: readonly SourceFile[];
}

/** Cells that somebody else measured. */
export interface Submission extends Omit<SubmissionContent, 'records'> {
  /** As it was named. */
  readonly file: string;
  readonly digest: string;
  readonly records: ReadonlyMap<string, Stored>;
}

/** Whether a path is a submission, and no folder or experiment: by its name, or by how it begins. */
export function isSubmissionFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return false;
  return path.endsWith('.zoo') || beginsAsOne(firstBytes(path, beginning.length));
}

function firstBytes(path: string, count: number): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a file of somebody else. @throws not-a-submission, submission-damaged and what `unpack` throws */
export function readSubmission(path: string, file: string, shapes: RecordShapes): Submission {
  return decodeSubmission(contentOf(path, file), file, shapes);
}

function contentOf(path: string, file: string): Buffer {
  const { size } = statSync(path);
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  if (size > limits.file)
    throw zooError('submission-too-large', {
      file,
      what: 'a size',
      found: mebibytes(size),
      most: mebibytes(limits.file),
    });
  try {
    return readFileSync(path);
  } catch (error) {
    throw zooError('unreadable-file', { file, reason: systemReason(error) });
  }
}

/** The same of its bytes. What does not hold together is refused as a whole: half of a submission is none. */
export function decodeSubmission(content: Buffer, file: string, shapes: RecordShapes): Submission {
  const { digest, lines } = unpack(content, file);
  try {
    const head = checked(SubmissionHead, lines[0], 'its head');
    if (lines.length !== 2 + head.records + head.sources)
      throw new Problem(`it says that it has ${head.records} records and ${head.sources} sources, and has not`);
    const manifest = plainManifest(checked(Manifest<Job>, lines[1], 'its manifest'));
    const records = recordsOf(lines.slice(2, 2 + head.records), shapes);
    requireWhole(manifest, records);
    const sources = lines.slice(2 + head.records).map((line) => checked(SourceFile, line, 'a source'));
    return { file, digest, head, manifest, records, sources };
  } catch (error) {
    if (error instanceof Problem) throw zooError('submission-damaged', { file, reason: error.message });
    // What is nested without end.
    if (error instanceof RangeError) throw zooError('submission-damaged', { file, reason: 'it is nested too deeply' });
    throw error;
  }
}

/** Why a submission is not believed. */
class Problem extends Error {}

function checked<T extends object>(shape: new () => T, line: string | undefined, place: string): T {
  const plain = parsed(line, place);
  if (shape !== (SourceFile as object)) requirePrintable(plain); // a source has lines, and is shown to nobody
  try {
    validated(shape, plain, { place, unknownKeys: 'keep' });
    return plain as T;
  } catch (error) {
    if (error instanceof ZooError) throw new Problem(error.what.split('\n').slice(0, 2).join(' '));
    throw error;
  }
}

function parsed(line: string | undefined, place: string): object {
  try {
    const plain: unknown = JSON.parse(line ?? '');
    if (isPlainObject(plain)) return plain;
  } catch {
    // told below
  }
  throw new Problem(`${place} is not JSON`);
}

/** Without what only its own machine may say: plugins to load, files to read, theorems, and what others published. */
export const plainManifest = ({ architectures, tasks, cells, ...rest }: Manifest<Job>): Manifest<Job> => ({
  schemaVersion: rest.schemaVersion,
  experiment: rest.experiment,
  ...(rest.experimentFingerprint !== undefined && { experimentFingerprint: rest.experimentFingerprint }),
  ...(rest.study !== undefined && { study: rest.study }),
  architectures: architectures.map(({ id, title, kind, usesSolver, family }) => ({
    ...{ id, title, kind, claims: [] },
    ...(usesSolver !== undefined && { usesSolver }),
    ...(family !== undefined && { family }),
  })),
  tasks: tasks.map(({ id, title, level, family }) => ({ id, title, level, ...(family !== undefined && { family }) })),
  cells: cells.map(({ key, specification, row, column }) => ({
    ...{ key, specification, plugins: [] },
    ...(row !== undefined && { row }),
    ...(column !== undefined && { column }),
  })),
  inapplicable: [],
  ...(rest.costs && { costs: rest.costs }),
});

function recordsOf(lines: readonly string[], shapes: RecordShapes): Map<string, Stored> {
  const records = new Map<string, Stored>();
  for (const line of lines) {
    const plain = parsed(line, 'a record') as Partial<RecordOf>;
    requirePrintable(plain);
    const key = String(plain.key);
    const reading = decodeRecord(line, key, shapes);
    if (reading.status !== 'finished')
      throw new Problem(`its record ${key.slice(0, 12)} is not believed: ${reading.reason}`);
    if (records.has(key)) throw new Problem(`it has the record ${key.slice(0, 12)} twice`);
    records.set(key, reading);
  }
  return records;
}

/** Far more than any text of ours has. */
const longestText = 10_000;

/** Texts of manifests and records are shown somewhere: none may move a cursor or turn what follows around. */
function requirePrintable(value: unknown): void {
  if (typeof value === 'string') {
    if (value.length > longestText) throw new Problem(`a text in it has ${value.length} characters`);
    if (value.replaceAll('\n', '').search(unprintable) >= 0) throw new Problem('a text in it has control characters');
  } else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) {
      requirePrintable(name);
      requirePrintable(each);
    }
}

/** Names as units have them: room for no remark of the kind that views put behind names. */
const rowPattern = /^[^\s()]{1,120}$/u;
const columnPattern = /^.{1,300}$/u;

/** Every cell has its record and every record its cell, and cells of a row on a column differ in nothing but their seeds. */
function requireWhole(manifest: Manifest<Job>, records: ReadonlyMap<string, Stored>): void {
  const rows = namesOf(manifest.architectures, rowPattern);
  const columns = namesOf(manifest.tasks, columnPattern);
  const keys = new Set<string>();
  const settings = new Map<string, string>();
  for (const cell of manifest.cells) {
    const { key, specification } = cell;
    const [row, column] = [rowOf(cell), columnOf(cell)];
    if (cellKey(specification) !== key) throw new Problem(`the key of ${key.slice(0, 12)} is not that of its cell`);
    if (!records.has(key)) throw new Problem(`the cell ${key.slice(0, 12)} has no record`);
    if (keys.has(key)) throw new Problem(`it has the cell ${key.slice(0, 12)} twice`);
    if (rows.size + columns.size > 0 && !(rows.has(row) && columns.has(column)))
      throw new Problem(`the cell ${key.slice(0, 12)} is of no row and column of its manifest`);
    const pair = pairOfJob(cell);
    const print = fingerprint({ ...specification, seed: null });
    if ((settings.get(pair) ?? print) !== print)
      throw new Problem(`its cells of ${row} x ${column} differ in more than their seeds`);
    settings.set(pair, print);
    keys.add(key);
  }
  if (keys.size === 0) throw new Problem('it has no cell');
  const searches = searchKeysOf(manifest.cells);
  const other = [...records.keys()].find((key) => !keys.has(key) && !searches.has(key));
  if (other !== undefined) throw new Problem(`no cell asks for the record ${other.slice(0, 12)}`);
}

function namesOf(units: readonly { readonly id: string }[], pattern: RegExp): Set<string> {
  const names = new Set(units.map(({ id }) => id));
  if (names.size < units.length) throw new Problem('a row or column is there twice');
  const other = [...names].find((name) => !pattern.test(name));
  if (other !== undefined) throw new Problem('the name of a row or column is not one that a unit can have');
  return names;
}
