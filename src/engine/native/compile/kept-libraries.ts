import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { moveWhole } from '../../../core/atomic-file';
import { whyNotOwn } from './cache-folder';

/** Libraries that are kept in a folder; the least recently used are removed beyond that. */
const mostKept = 1000;
/** Key of what was compiled, digest of the file, kind: what is cut short or changed no longer fits its name. */
const fileName = /^[0-9a-f]{32}\.([0-9a-f]{32})\.(?:kernels\.so|runtime\.node)$/;

/** The file in which a folder keeps what has this key, if it is whole. */
export function findLibrary(folder: string, key: string, kind: string): string | undefined {
  const names = namesIn(folder).filter((name) => name.startsWith(`${key}.`) && name.endsWith(`.${kind}`));
  return names.map((name) => join(folder, name)).find((file) => isWhole(folder, file.slice(folder.length + 1)));
}

/** Whether a file of a folder is one that was put there by `keepLibrary`, to the last byte; others are removed where they can be. */
export function isWhole(folder: string, name: string): boolean {
  const file = join(folder, name);
  const [, digest] = fileName.exec(name) ?? [];
  try {
    if (digest !== undefined && whyNotOwn(file) === undefined && digestOf(file) === digest) return true;
    rmSync(file, { force: true });
  } catch {
    // Not there, or in a folder that cannot be written to.
  }
  return false;
}

/** Moves a library that was just compiled to where it is kept. */
export function keepLibrary(folder: string, temporary: string, key: string, kind: string): string {
  const file = join(folder, `${key}.${digestOf(temporary)}.${kind}`);
  moveWhole(temporary, file);
  removeOldest(folder);
  return file;
}

/** The least recently used libraries are removed first. */
export function markUsed(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Read-only: nothing is removed there either.
  }
}

const digestOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 32);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeOldest(folder: string): void {
  const files = namesIn(folder)
    .filter((name) => name.endsWith('.so'))
    .map((name) => join(folder, name));
  if (files.length <= mostKept) return;
  const age = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = files
    .map((file) => ({ file, used: age(file) }))
    .sort((a, b) => a.used - b.used)
    .slice(0, mostKept / 10);
  for (const { file } of oldest) rmSync(file, { force: true });
}
