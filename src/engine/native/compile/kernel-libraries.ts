import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { KernelIndex } from './kernel-index';
import { cacheFolder, compileLibrary, identityOfCode, markUsed, type Compiler } from './toolchain';

const prelude = `#include "vector.h"
#include "rows.h"
#include "products.h"

const struct runtime *zoo;
static const I lanes = LANES;
`;

/** A library of kernels in C, to be compiled beside the runtime's headers. */
function librarySource(kernels: readonly string[]): string {
  const functions = kernels.map((body, index) => `static void k${index}(char **p, const int32_t *n) {\n${body}\n}\n`);
  const table = `void (*const kernels[])(char **, const int32_t *) = {${kernels.map((_, index) => `k${index}`).join(', ')}};`;
  return [prelude, ...functions, table, ''].join('\n');
}

/** A compiled kernel: an opened library and its number there. */
export interface OpenedKernel {
  readonly library: object;
  readonly number: number;
}

/** Compiled kernels, each compiled once: by this process, another one, or an earlier one. */
export class KernelLibraries {
  private lastIndex: KernelIndex | undefined;
  private readonly kernels = new Map<string, Promise<OpenedKernel>>();
  private readonly libraries = new Map<string, object>();

  constructor(
    private readonly compiler: Compiler,
    private readonly open: (file: string) => object,
  ) {}

  /** Kernels by their bodies in C. Those that are new become one library. Error: `native-compiler`. */
  async get(bodies: readonly string[]): Promise<OpenedKernel[]> {
    const fresh: string[] = [];
    for (const body of new Set(bodies)) {
      if (this.kernels.has(body)) continue;
      const known = this.kept(body);
      if (known) this.kernels.set(body, Promise.resolve(known));
      else fresh.push(body);
    }
    const library = fresh.length > 0 ? this.compile(fresh) : undefined;
    fresh.forEach((body, number) =>
      this.kernels.set(
        body,
        library!.then((opened) => ({ library: opened, number })),
      ),
    );
    try {
      return await Promise.all(bodies.map((body) => this.kernels.get(body)!));
    } catch (error) {
      for (const body of fresh) this.kernels.delete(body);
      throw error;
    }
  }

  private async compile(bodies: readonly string[]): Promise<object> {
    const { index } = this;
    const file = await compileLibrary(this.compiler, librarySource(bodies));
    const opened = this.opened(file);
    index.add(
      basename(file),
      bodies.map((body) => this.keyOf(body)),
    );
    return opened;
  }

  private kept(body: string): OpenedKernel | undefined {
    const { index } = this;
    const place = index.find(this.keyOf(body));
    if (!place) return undefined;
    const file = join(index.folder, place.library);
    try {
      return { library: this.opened(file), number: place.number };
    } catch {
      rmSync(file, { force: true }); // broken: compiled anew
      return undefined;
    }
  }

  private opened(file: string): object {
    if (!this.libraries.has(file)) {
      this.libraries.set(file, this.open(file));
      markUsed(file);
    }
    return this.libraries.get(file)!;
  }

  /** That of the folder which now is the cache. */
  private get index(): KernelIndex {
    const folder = cacheFolder();
    if (this.lastIndex?.folder !== folder) this.lastIndex = new KernelIndex(folder);
    return this.lastIndex;
  }

  private readonly keyOf = (body: string): string =>
    createHash('sha256').update(identityOfCode(this.compiler)).update(prelude).update(body).digest('hex').slice(0, 32);
}
