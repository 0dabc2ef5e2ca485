import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a compiled kernel is. */
export interface KernelPlace {
  /** The library's file name in the cache folder. */
  readonly library: string;
  /** Its number there. */
  readonly number: number;
}

/** Lines beyond which those are dropped whose libraries have been removed. */
const mostLines = 40_000;
const entry = /^([0-9a-f]{32}) ([^ /]+) (\d+)$/;

/**
 * Which kernels the libraries in a folder have: one file, to which every process adds lines and from which it reads what
 * others added. A line that is lost or broken costs one compilation.
 */
export class KernelIndex {
  private readonly file: string;
  private readonly places = new Map<string, KernelPlace>();
  private seen = '';

  constructor(readonly folder: string) {
    this.file = join(folder, 'kernels.txt');
  }

  /** Where a kernel is, if its library still exists. */
  find(key: string): KernelPlace | undefined {
    if (!this.places.has(key)) this.read();
    const place = this.places.get(key);
    return place && existsSync(join(this.folder, place.library)) ? place : undefined;
  }

  /** Kernels by their number in a new library. */
  add(library: string, keys: readonly string[]): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    keys.forEach((key, number) => this.places.set(key, { library, number }));
    // One write, in a line of its own even where somebody was stopped in the middle of theirs.
    appendFileSync(this.file, `\n${keys.map((key, number) => `${key} ${library} ${number}\n`).join('')}`);
  }

  private read(): void {
    const { ino, size } = statSync(this.file, { throwIfNoEntry: false }) ?? { ino: 0, size: 0 };
    const state = `${ino} ${size}`;
    if (size === 0 || state === this.seen) return;
    const lines = readFileSync(this.file, 'utf8').split('\n');
    for (const line of lines) {
      const [, key, library, number] = entry.exec(line) ?? [];
      if (key) this.places.set(key, { library: library!, number: Number(number) });
    }
    this.seen = state;
    if (lines.length > mostLines) this.shorten();
  }

  private shorten(): void {
    const exists = new Map<string, boolean>();
    for (const [key, { library }] of this.places) {
      if (!exists.has(library)) exists.set(library, existsSync(join(this.folder, library)));
      if (!exists.get(library)) this.places.delete(key);
    }
    const temporary = `${this.file}.${process.pid}`;
    writeFileSync(
      temporary,
      [...this.places].map(([key, { library, number }]) => `${key} ${library} ${number}\n`).join(''),
    );
    renameSync(temporary, this.file);
  }
}
