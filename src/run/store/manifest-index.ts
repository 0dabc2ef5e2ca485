import { readFileSync } from 'node:fs';
import { writeAtomically } from '../../core/atomic-file';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import { digestOfCode, isSettled, objectOf, sha1, SharedParts, timeNow, type FileState } from './index-file';

export const manifestIndexName = '.manifest-index';

/** Manifests of fewer cells are read as fast as an index would be. */
const leastCells = 500;

interface Content {
  readonly code: string;
  readonly state: FileState;
  /** The manifest without its cells. */
  readonly manifest: object;
  readonly parts: readonly unknown[];
  /** Of each cell its key, places of its specification, and place of everything else. */
  readonly cells: readonly (readonly [key: string, specification: readonly number[], rest: number])[];
}

/** A valid manifest that was read before, of a file that has not changed since; equal parts of its cells are one object. */
export function readManifestIndex(file: string, state: FileState | undefined): Manifest<Job> | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    if (sha1(text.slice(end + 1)) !== text.slice(0, end)) return undefined;
    const { code, state: known, manifest, parts, cells } = JSON.parse(text.slice(end + 1)) as Content;
    if (code !== thisCode() || known.size !== state?.size || known.mtimeMs !== state.mtimeMs) return undefined;
    const jobs = cells.map(([key, specification, rest]) => ({
      key,
      specification: objectOf(parts, specification),
      ...(parts[rest] as object),
    }));
    return { ...manifest, cells: jobs } as unknown as Manifest<Job>;
  } catch {
    return undefined; // not there, or not ours: it costs time alone
  }
}

/**
 * Keeps a valid manifest of many cells, read from a file of this state; where the folder cannot be written to it does not.
 * `isOwn`: this process has just written the file. Then the next one to write it has another time, where the file system
 * counts finer than seconds, and a thousand workers who start now need not read all of it.
 */
export function writeManifestIndex(
  file: string,
  state: FileState | undefined,
  manifest: Manifest<Job>,
  { isOwn = false } = {},
): void {
  const { cells, ...others } = manifest;
  if (cells.length < leastCells || !state) return;
  const isFine = state.mtimeMs % 1000 !== 0;
  if (!(isOwn && isFine) && !isSettled(state, timeNow())) return;
  const shared = new SharedParts();
  const packed = cells.map(
    ({ key, specification, ...rest }) => [key, shared.placesOf(specification), shared.place(rest)] as const,
  );
  const text = JSON.stringify({
    code: thisCode(),
    state,
    manifest: { ...others, cells: [] },
    parts: shared.values,
    cells: packed,
  } satisfies Content);
  try {
    writeAtomically(file, `${sha1(text)}\n${text}`);
  } catch {
    // It is read as before.
  }
}

/** Code that says which manifests are valid, and how they are kept. */
const judges = [
  'src/core/fields',
  'src/core/protocol',
  'src/core/validation',
  'src/core/contracts/manifest',
  'src/core/contracts/record',
  'src/core/contracts/reference',
  'src/core/contracts/theory',
  'src/run/store/index-file',
  'src/run/store/manifest-index',
];
const thisCode = () => digestOfCode(judges);
