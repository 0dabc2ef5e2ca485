import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { KernelIndex } from './kernel-index';
import { isWhole, markUsed } from './kept-files';
import { compileLibrary, identityOfCode, keepingFolders, type Compiler } from './toolchain';

const prelude = `#include "vector.h"
#include "rows.h"
#include "products.h"

const struct runtime *zoo;
static const I lanes = LANES;
`;

/** A library of kernels in C, to be compiled beside the runtime's headers; it names each by its key. */
function librarySource(kernels: readonly string[], keys: readonly string[]): string {
  const functions = kernels.map((body, index) => `static void k${index}(char **p, const int32_t *n) {\n${body}\n}\n`);
  const table = `void (*const kernels[])(char **, const int32_t *) = {${kernels.map((_, index) => `k${index}`).join(', ')}};`;
  const names = `const char kernel_keys[] = "${keys.join(' ')}";`;
  return [prelude, ...functions, table, names, ''].join('\n');
}

/** A compiled kernel: an opened library and its number there. */
export interface OpenedKernel {
  readonly library: object;
  readonly number: number;
}

/** A library as the runtime opens it. */
export interface OpenedLibrary {
  readonly handle: object;
  /** Keys of its kernels, one after another, with spaces between. */
  readonly keys: string;
}

/** Kernels that are to become a library: bodies by their keys. */
interface Batch {
  readonly bodies: Map<string, string>;
  readonly library: Promise<object>;
}

/** Compiled kernels, each compiled once: by this process, another one, or an earlier one. */
export class KernelLibraries {
  private readonly indices = new Map<string, KernelIndex>();
  /** By their keys. */
  private readonly kernels = new Map<string, Promise<OpenedKernel>>();
  private waiting: Batch | undefined;
  private readonly libraries = new Map<string, OpenedLibrary>();

  constructor(
    private readonly compiler: Compiler,
    private readonly open: (file: string) => OpenedLibrary,
  ) {}

  /**
   * Kernels by their bodies in C. Those that are new become one library, with those of everybody who asks at the same time: each
   * run of a compiler takes a while before it compiles anything. Error: `native-compiler`.
   */
  async get(bodies: readonly string[]): Promise<OpenedKernel[]> {
    const keys = bodies.map(this.keyOf);
    bodies.forEach((body, i) => {
      const key = keys[i]!;
      if (this.kernels.has(key)) return;
      const known = this.kept(key);
      this.kernels.set(key, known ? Promise.resolve(known) : this.fresh(key, body));
    });
    return Promise.all(keys.map((key) => this.kernels.get(key)!));
  }

  private async fresh(key: string, body: string): Promise<OpenedKernel> {
    this.waiting ??= this.newBatch();
    const { library, bodies } = this.waiting;
    const number = bodies.size;
    bodies.set(key, body);
    try {
      return { library: await library, number };
    } catch (error) {
      this.kernels.delete(key);
      throw error;
    }
  }

  /** Kernels that are compiled once nobody of this turn of the event loop has any more. */
  private newBatch(): Batch {
    const bodies = new Map<string, string>();
    const compiled = async () => {
      await setImmediate();
      this.waiting = undefined;
      return this.compile(bodies);
    };
    return { bodies, library: compiled() };
  }

  /** Opens those of these libraries that are kept: what they have is found without the list of all kernels. */
  expect(names: readonly string[]): void {
    for (const folder of keepingFolders()) {
      for (const name of names) {
        const file = join(folder, name);
        if (this.libraries.has(file) || !existsSync(file) || !isWhole(folder, name)) continue;
        const opened = this.openedOrRemoved(file);
        if (opened) this.indexOf(folder).know(name, opened.keys.split(' '));
      }
    }
  }

  /** File names of the libraries that have these kernels. */
  namesOf(kernels: readonly OpenedKernel[]): string[] {
    const handles = new Set(kernels.map(({ library }) => library));
    return [...this.libraries].filter(([, { handle }]) => handles.has(handle)).map(([file]) => basename(file));
  }

  private async compile(bodies: ReadonlyMap<string, string>): Promise<object> {
    const keys = [...bodies.keys()];
    const file = await compileLibrary(this.compiler, librarySource([...bodies.values()], keys));
    const { handle } = this.opened(file);
    this.indexOf(dirname(file)).add(basename(file), keys);
    return handle;
  }

  private kept(key: string): OpenedKernel | undefined {
    for (const folder of keepingFolders()) {
      const name = this.indexOf(folder).find(key);
      if (name === undefined) continue;
      const file = join(folder, name);
      if (!this.libraries.has(file) && !isWhole(folder, name)) continue; // compiled anew
      const opened = this.openedOrRemoved(file);
      const number = opened?.keys.split(' ').indexOf(key) ?? -1;
      if (number >= 0) return { library: opened!.handle, number };
    }
    return undefined;
  }

  private openedOrRemoved(file: string): OpenedLibrary | undefined {
    try {
      return this.opened(file);
    } catch {
      rmSync(file, { force: true }); // whole, and yet it cannot be opened: compiled anew
      return undefined;
    }
  }

  private opened(file: string): OpenedLibrary {
    if (!this.libraries.has(file)) {
      this.libraries.set(file, this.open(file));
      markUsed(file);
    }
    return this.libraries.get(file)!;
  }

  private indexOf(folder: string): KernelIndex {
    if (!this.indices.has(folder)) this.indices.set(folder, new KernelIndex(folder));
    return this.indices.get(folder)!;
  }

  private readonly keyOf = (body: string): string =>
    createHash('sha256').update(identityOfCode(this.compiler)).update(prelude).update(body).digest('hex').slice(0, 32);
}
