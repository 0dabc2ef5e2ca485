import type {
  CompilationProfile,
  CompileOptions,
  Engine,
  Executable,
  Handle,
  Program,
  TensorSpecification,
} from '../../core/contracts/engine';
import { zooError } from '../../core/errors';
import { flopsOf } from '../ir/flops';
import { wholeProgram } from '../accumulation';
import { withEmptyCache } from './compile/empty-cache';
import { checkInputs, specificationOf } from '../handles';
import { optimise } from '../passes/pipeline';
import { capture } from '../trace/capture';
import type { Machine } from './compile/machine';
import { compileGraph, Known, openPlan } from './kept-plans';
import { nativePasses } from './passes/pipeline';
import { stages } from './plan/plan';
import type { HostArray } from './program';
import { Results } from './results';
import { MicroBatchedProgram } from './accumulation';

class NativeHandle implements Handle {
  readonly engine = 'native';
  constructor(
    readonly data: HostArray,
    readonly shape: readonly number[],
    readonly dtype: TensorSpecification['dtype'],
    /** Where the array came from and goes when it is released; of what was uploaded the caller is the owner. */
    private owner?: Results,
  ) {}

  release(): void {
    this.owner?.giveBack(this.data, this);
    this.owner = undefined;
  }
}

class NativeExecutable implements Executable {
  constructor(
    readonly inputs: readonly TensorSpecification[],
    readonly outputs: readonly TensorSpecification[],
    private readonly label: string,
    private readonly results: Results,
    private compute: ((inputs: readonly HostArray[], outputs: readonly HostArray[]) => void) | undefined,
  ) {}

  async run(inputs: readonly Handle[]): Promise<Handle[]> {
    if (!this.compute) throw zooError('disposed', { what: `The program of ${this.label}` });
    checkInputs(NativeHandle, 'native', inputs, this.inputs, this.label);
    const outputs = this.outputs.map((output) => this.results.take(output));
    this.compute(
      inputs.map(({ data }) => data),
      outputs,
    );
    return this.outputs.map(({ shape, dtype }, i) => new NativeHandle(outputs[i]!, shape, dtype, this.results));
  }

  async dispose(): Promise<void> {
    this.compute = undefined;
  }
}

/** Compiles a program to C, and that for the processor at hand: traced once, elementwise work fused into loops. */
export class NativeEngine implements Engine {
  readonly name = 'native';
  readonly description: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Threads are given sequences of a batch, so one product has one. */
  readonly productThreads = 1;
  readonly compilesTogether = true;
  private readonly results: Results;

  constructor(
    private readonly machine: Machine,
    readonly threads: number,
    private readonly signal?: AbortSignal,
  ) {
    this.results = new Results(machine);
    const { version, target, instructions } = machine.compiler;
    this.versions = { 'C compiler': [version, ...target].join(' '), instructions };
    this.description = `${machine.compiler.version}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  }

  async compile(
    program: Program,
    signature: readonly TensorSpecification[],
    { label, accumulation, origin }: CompileOptions,
  ): Promise<Executable> {
    this.signal?.throwIfAborted();
    const { machine, threads } = this;
    if (accumulation) {
      const cut = await MicroBatchedProgram.compile(signature, accumulation, { label, machine, threads, origin });
      return new NativeExecutable(
        signature.map(specificationOf),
        cut.outputs.map(specificationOf),
        label,
        this.results,
        (given, results) => cut.run(given, results),
      );
    }
    const known = new Known<string>(origin, machine, signature.map(specificationOf));
    const compiled = await known.compiled(
      (plan) => openPlan(plan, machine),
      async () => {
        const captured = capture(program, signature, label, this.name);
        const inputStages = signature.map(() => stages.run);
        const { program: made, plan } = await compileGraph(captured, machine, { inputStages, addOutputs: false });
        return { program: made, traced: plan };
      },
    );
    const [inputs, outputs] = [compiled.inputs, compiled.outputs].map((values) => values.map(specificationOf));
    return new NativeExecutable(inputs!, outputs!, label, this.results, (given, results) =>
      compiled.run(given, results),
    );
  }

  /** The graph that is looked at takes the sum over the batch in one piece. */
  async profile(
    program: Program,
    signature: readonly TensorSpecification[],
    options: CompileOptions,
  ): Promise<CompilationProfile> {
    const { label, accumulation } = options;
    const started = performance.now();
    const graph = optimise(
      nativePasses,
      capture(accumulation ? wholeProgram(accumulation) : program, signature, label, this.name),
    );
    const traceMilliseconds = performance.now() - started;
    const compiled = await withEmptyCache(async () => {
      const start = performance.now();
      await (await this.compile(program, signature, options)).dispose();
      return performance.now() - start;
    });
    const sessionMilliseconds = Math.max(0, compiled - traceMilliseconds);
    return { flops: flopsOf(graph), nodes: graph.nodes.length, traceMilliseconds, sessionMilliseconds };
  }

  upload(data: HostArray, { shape, dtype }: TensorSpecification): Handle {
    return new NativeHandle(data, shape, dtype);
  }

  /** The array itself, until the handle is released. */
  async read(handle: Handle): Promise<HostArray> {
    return (handle as NativeHandle).data;
  }

  release(handles: readonly Handle[]): void {
    for (const handle of handles) (handle as NativeHandle).release();
  }

  async dispose(): Promise<void> {
    this.results.clear();
  }
}
