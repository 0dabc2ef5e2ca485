import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { extname, join } from 'node:path';
import { moveWhole } from '../../../core/atomic-file';
import { whyNotOwn } from '../../../core/cache-folder';

/** What a folder keeps of each kind of file; the least recently used are removed beyond that. */
const mostKept = 1000;
const counted = ['.so', '.plan', '.known'];
/** Key of what was made, digest of the file, kind: what is cut short or changed no longer fits its name. */
const fileName = /^[0-9a-f]{32}\.([0-9a-f]{32})\.(?:kernels\.so|runtime\.node|plan|known)$/;

/** A file that is kept, and what it holds. */
export interface KeptFile {
  readonly file: string;
  readonly content: Buffer;
}

/** What folders were seen to hold: many files are looked for, and listing a folder of thousands takes a millisecond. */
const listings = new Map<string, readonly string[]>();

/** The file in which a folder keeps what has this key, if it is whole. */
export function findKept(folder: string, key: string, kind: string): KeptFile | undefined {
  const firstOf = (names: readonly string[]): KeptFile | undefined => {
    for (const name of names) {
      if (!name.startsWith(`${key}.`) || !name.endsWith(`.${kind}`)) continue;
      const content = wholeContent(folder, name);
      if (content) return { file: join(folder, name), content };
    }
    return undefined;
  };
  const known = firstOf(listings.get(folder) ?? []);
  if (known) return known;
  const names = namesIn(folder); // others may have added it since
  listings.set(folder, names);
  return firstOf(names);
}

/** Whether a file of a folder is one that was put there by `keepFile`, to the last byte; others are removed where they can be. */
export const isWhole = (folder: string, name: string): boolean => wholeContent(folder, name) !== undefined;

function wholeContent(folder: string, name: string): Buffer | undefined {
  const file = join(folder, name);
  const [, digest] = fileName.exec(name) ?? [];
  try {
    if (digest !== undefined && whyNotOwn(file) === undefined) {
      const content = readFileSync(file);
      if (digestOf(content) === digest) return content;
    }
    rmSync(file, { force: true });
  } catch {
    // Not there, or in a folder that cannot be written to.
  }
  return undefined;
}

/** Moves a file that was just made to where it is kept. */
export function keepFile(folder: string, temporary: string, key: string, kind: string): string {
  const file = join(folder, `${key}.${digestOf(readFileSync(temporary))}.${kind}`);
  moveWhole(temporary, file);
  removeOldest(folder, extname(file));
  return file;
}

/** The least recently used files are removed first. */
export function markUsed(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Read-only: nothing is removed there either.
  }
}

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex').slice(0, 32);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeOldest(folder: string, extension: string): void {
  if (!counted.includes(extension)) return;
  const files = namesIn(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
  if (files.length <= mostKept) return;
  const age = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = files
    .map((file) => ({ file, used: age(file) }))
    .sort((a, b) => a.used - b.used)
    .slice(0, mostKept / 10);
  for (const { file } of oldest) rmSync(file, { force: true });
}
