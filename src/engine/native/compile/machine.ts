import { KernelLibraries, type OpenedLibrary } from './kernel-libraries';
import { compileRuntime, findCompiler, type Compiler } from './toolchain';

/** What the runtime addon gives out (runtime/node.c). */
interface Runtime {
  readonly panelColumns: number;
  readonly lanes: number;
  memory(bytes: number): ArrayBuffer;
  open(file: string): OpenedLibrary;
  link(libraries: readonly object[], numbers: Int32Array): object;
  run(
    program: object,
    table: Int32Array,
    bases: readonly ArrayBufferView[],
    sliceStrides: Float64Array,
    threadStrides: Float64Array,
    slices: number,
    threads: number,
  ): void;
}

/** Kernels that the runtime can run, and the names of their libraries. */
export interface OpenedProgram {
  readonly program: object;
  readonly libraries: readonly string[];
}

/** The processor this runs on, with a compiler for it. */
export class Machine {
  private readonly libraries: KernelLibraries;
  private shared: Uint8Array = new Uint8Array(0);

  private constructor(
    readonly compiler: Compiler,
    private readonly runtime: Runtime,
  ) {
    this.libraries = new KernelLibraries(compiler, (file) => runtime.open(file));
  }

  /** The machine, or why it cannot be had. Error: `native-compiler`. */
  static async open(): Promise<Machine | string> {
    const compiler = findCompiler();
    if (typeof compiler === 'string') return compiler;
    return new Machine(compiler, load(await compileRuntime(compiler)));
  }

  get lanes(): number {
    return this.runtime.lanes;
  }
  get panelColumns(): number {
    return this.runtime.panelColumns;
  }

  /** Zeros, from the start of a cache line. */
  memory(bytes: number): Uint8Array {
    const memory = new Uint8Array(this.runtime.memory(bytes), 0, bytes);
    return memory.fill(0);
  }

  /**
   * Memory that programs take turns in, whatever was there before. One of a cell's many programs runs at a time, and memory of
   * its own for each would be several times as much.
   */
  arena(bytes: number): Uint8Array {
    if (this.shared.length < bytes) this.shared = this.memory(bytes);
    return this.shared;
  }

  /** A program of kernels, given their bodies in C, and libraries that may have them. Error: `native-compiler`. */
  async open(kernels: readonly string[], libraries: readonly string[] = []): Promise<OpenedProgram> {
    this.libraries.expect(libraries);
    const opened = await this.libraries.get(kernels);
    const program = this.runtime.link(
      opened.map(({ library }) => library),
      Int32Array.from(opened, ({ number }) => number),
    );
    return { program, libraries: this.libraries.namesOf(opened) };
  }

  run(...given: Parameters<Runtime['run']>): void {
    this.runtime.run(...given);
  }
}

function load(file: string): Runtime {
  const module = { exports: {} };
  process.dlopen(module, file);
  return module.exports as Runtime;
}
