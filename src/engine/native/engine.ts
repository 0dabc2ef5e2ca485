import type {
  CompileOptions,
  Engine,
  Executable,
  Handle,
  Program,
  TensorSpecification,
} from '../../core/contracts/engine';
import { zooError } from '../../core/errors';
import { checkInputs, specificationOf } from '../handles';
import { optimise } from '../passes/pipeline';
import { capture } from '../trace/capture';
import type { Machine } from './compile/machine';
import { nativePasses } from './passes/pipeline';
import { stages } from './plan/plan';
import { NativeProgram, type HostArray } from './program';
import { Results } from './results';
import { SlicedProgram } from './summation';

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
  private readonly results: Results;

  constructor(
    private readonly machine: Machine,
    readonly threads: number,
  ) {
    this.results = new Results(machine);
    this.description = `${machine.compiler.version}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  }

  async compile(
    program: Program,
    signature: readonly TensorSpecification[],
    { label, summation }: CompileOptions,
  ): Promise<Executable> {
    if (summation) {
      const sliced = await SlicedProgram.compile(signature, summation, label, this.machine, this.threads);
      return new NativeExecutable(
        signature.map(specificationOf),
        sliced.outputs.map(specificationOf),
        label,
        this.results,
        (given, results) => sliced.run(given, results),
      );
    }
    const graph = optimise(nativePasses, capture(program, signature, label, 'native'));
    const inputStages = signature.map(() => stages.run);
    const compiled = await NativeProgram.compile(graph, this.machine, { inputStages, addOutputs: false });
    const [inputs, outputs] = [graph.inputs, graph.outputs].map((values) => values.map(specificationOf));
    return new NativeExecutable(inputs!, outputs!, label, this.results, (given, results) =>
      compiled.run(given, results),
    );
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
