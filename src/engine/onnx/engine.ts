import './no-telemetry';
import { env, Tensor, type InferenceSession } from 'onnxruntime-node';
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
import { checkInputs, specificationOf } from '../handles';
import { encodeModel, inputName, outputName } from './encode';
import { openSession, reasonOf } from './session';
import { compileInMicroBatches } from './micro-batches';

class OnnxHandle implements Handle {
  readonly engine = 'onnx';
  constructor(
    readonly tensor: Tensor,
    readonly shape: readonly number[],
    readonly dtype: TensorSpecification['dtype'],
  ) {}
}

class OnnxExecutable implements Executable {
  constructor(
    readonly inputs: readonly TensorSpecification[],
    readonly outputs: readonly TensorSpecification[],
    private readonly label: string,
    private session: InferenceSession | undefined,
    private readonly forget: () => void,
  ) {}

  async run(inputs: readonly Handle[]): Promise<Handle[]> {
    if (!this.session) throw zooError('disposed', { what: `The program of ${this.label}` });
    checkInputs(OnnxHandle, 'onnx', inputs, this.inputs, this.label);
    const feeds = Object.fromEntries(inputs.map((handle, i) => [inputName(i), handle.tensor]));
    try {
      const results = await this.session.run(feeds);
      return this.outputs.map(({ shape, dtype }, i) => new OnnxHandle(results[outputName(i)]!, shape, dtype));
    } catch (error) {
      throw zooError('run-failed', { label: this.label, engine: 'onnx', reason: reasonOf(error) });
    }
  }

  async dispose(): Promise<void> {
    const { session } = this;
    this.session = undefined;
    this.forget();
    await session?.release();
  }
}

/**
 * Compiles a program to an ONNX model and runs it with onnxruntime: traced once, no TensorFlow.js at run time.
 */
export class OnnxEngine implements Engine {
  static readonly version = env.versions.node!;
  readonly name = 'onnx';
  readonly versions = { 'onnxruntime-node': OnnxEngine.version };
  readonly description: string;
  readonly productThreads: number;
  private readonly executables = new Set<OnnxExecutable>();

  constructor(private readonly threads: number) {
    this.productThreads = threads;
    this.description = `onnxruntime-node ${OnnxEngine.version}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  }

  async compile(
    program: Program,
    signature: readonly TensorSpecification[],
    options: CompileOptions,
  ): Promise<Executable> {
    const { label } = options;
    const graph = compileInMicroBatches(program, signature, options, this.threads);
    const model = { bytes: encodeModel(graph), nodeCount: graph.nodes.length, label };
    const session = await openSession(model, this.threads);
    const [inputs, outputs] = [graph.inputs, graph.outputs].map((values) => values.map(specificationOf));
    const executable: OnnxExecutable = new OnnxExecutable(inputs!, outputs!, label, session, () =>
      this.executables.delete(executable),
    );
    this.executables.add(executable);
    return executable;
  }

  async profile(
    program: Program,
    signature: readonly TensorSpecification[],
    options: CompileOptions,
  ): Promise<CompilationProfile> {
    const started = performance.now();
    const graph = compileInMicroBatches(program, signature, options, this.threads);
    const traced = performance.now();
    const model = { bytes: encodeModel(graph), nodeCount: graph.nodes.length, label: options.label };
    const session = await openSession(model, this.threads);
    const opened = performance.now();
    await session.release();
    return {
      flops: flopsOf(graph),
      nodes: graph.nodes.length,
      traceMilliseconds: traced - started,
      sessionMilliseconds: opened - traced,
    };
  }

  upload(data: Float32Array | Int32Array | Uint8Array, { shape, dtype }: TensorSpecification): Handle {
    return new OnnxHandle(new Tensor(dtype, data, shape), shape, dtype);
  }

  async read(handle: Handle): Promise<Float32Array | Int32Array | Uint8Array> {
    return (handle as OnnxHandle).tensor.data as Float32Array | Int32Array | Uint8Array;
  }

  release(handles: readonly Handle[]): void {
    for (const handle of handles) (handle as OnnxHandle).tensor.dispose();
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.executables].map((executable) => executable.dispose()));
  }
}
