import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../../core/atomic-file';

/** Lines beyond which those are dropped whose libraries have been removed. */
const mostLines = 40_000;
const entry = /^([0-9a-f]{32}) ([^ /]+\.so)$/;

/**
 * Which kernels the libraries in a folder have: one file, to which every process adds lines and from which it reads what
 * others added. It only says where to look, as a library names its kernels itself: a line that is lost or wrong costs one
 * compilation.
 */
export class KernelIndex {
  private readonly file: string;
  private readonly places = new Map<string, string>();
  private seen = '';

  constructor(readonly folder: string) {
    this.file = join(folder, 'kernels.txt');
  }

  /** File name of the library that has a kernel, if it still exists. */
  find(key: string): string | undefined {
    if (!this.places.has(key)) this.read();
    const library = this.places.get(key);
    return library !== undefined && existsSync(join(this.folder, library)) ? library : undefined;
  }

  /** The kernels of a library, which are found from now on without the list being read. */
  know(library: string, keys: readonly string[]): void {
    for (const key of keys) this.places.set(key, library);
  }

  /** The kernels of a new library. */
  add(library: string, keys: readonly string[]): void {
    this.know(library, keys);
    try {
      // One write, in a line of its own even where somebody was stopped in the middle of theirs.
      appendFileSync(this.file, `\n${keys.map((key) => `${key} ${library}\n`).join('')}`);
    } catch {
      // A full disk: the next process compiles them anew.
    }
  }

  private read(): void {
    const { ino, size } = statSync(this.file, { throwIfNoEntry: false }) ?? { ino: 0, size: 0 };
    const state = `${ino} ${size}`;
    if (size === 0 || state === this.seen) return;
    const lines = this.text().split('\n');
    for (const line of lines) {
      const [, key, library] = entry.exec(line) ?? [];
      if (key) this.places.set(key, library!);
    }
    this.seen = state;
    if (lines.length > mostLines) this.shorten();
  }

  private text(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return '';
    }
  }

  private shorten(): void {
    const exists = new Map<string, boolean>();
    for (const [key, library] of this.places) {
      if (!exists.has(library)) exists.set(library, existsSync(join(this.folder, library)));
      if (!exists.get(library)) this.places.delete(key);
    }
    try {
      writeAtomically(this.file, [...this.places].map(([key, library]) => `${key} ${library}\n`).join(''));
    } catch {
      // It stays long where it cannot be written.
    }
  }
}
