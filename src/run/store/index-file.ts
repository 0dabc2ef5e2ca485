import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../core/clock';
import { codeExtension, codeRoot } from '../../core/package';

/**
 * Indexes hold what was read of other files in a form that is read faster. Nothing is lost with one, and none is believed
 * of a file that has another size or time than when it was read.
 */

/** What a file was when it was read. */
export interface FileState {
  readonly size: number;
  /** Milliseconds, with what the file system knows of their parts. */
  readonly mtimeMs: number;
}

/** Undefined where no regular file can be seen. */
export function stateOf(file: string): FileState | undefined {
  try {
    const found = statSync(file);
    return found.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : undefined;
  } catch {
    return undefined; // reading it says why
  }
}

/**
 * A file that was changed so shortly ago might be changed again without that its time shows it (FAT counts in 2 s). Times
 * of the future are those of another clock, which may come to them again.
 */
const settled = 2_000;
export const isSettled = (state: FileState | undefined, now: number): state is FileState =>
  state !== undefined && state.mtimeMs < now - settled;

/** Milliseconds since 1970. */
export const timeNow = (): number => Date.parse(systemClock.timestamp());

export const sha1 = (bytes: Uint8Array | string): string => createHash('sha1').update(bytes).digest('hex');

/** Digest of the code in some files of the zoo, named without their ending: another one made an index otherwise. */
export const digestOfCode = (files: readonly string[]): string =>
  files
    .reduce((hash, file) => hash.update(readFileSync(join(codeRoot, `${file}${codeExtension}`))), createHash('sha1'))
    .digest('hex');

/** Values that many others have as a part, each once. */
export class SharedParts {
  private readonly places = new Map<string, number>();
  readonly values: unknown[] = [];

  /** Place of a value; equal ones have one. */
  place(value: unknown): number {
    const text = JSON.stringify(value);
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.values.length);
    return this.values.push(value) - 1;
  }

  /** Places of the names of an object's fields, and of what each holds. */
  placesOf(object: object): [names: number, ...values: number[]] {
    const fields = Object.entries(object).filter(([, value]) => value !== undefined);
    return [this.place(fields.map(([name]) => name)), ...fields.map(([, value]) => this.place(value))];
  }
}

/** An object again, of which `placesOf` gave the places. */
export function objectOf(parts: readonly unknown[], [names, ...values]: readonly number[]): object {
  const object: Record<string, unknown> = {};
  (parts[names!] as readonly string[]).forEach((name, at) => (object[name] = parts[values[at]!]));
  return object;
}
