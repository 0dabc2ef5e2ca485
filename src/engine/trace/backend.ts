import * as tf from '@tensorflow/tfjs-core';
import { zooError } from '../../core/errors';
import type { ElementType, HostArray, Value } from '../ir/graph';
import type { Operators } from '../ir/operators';

/** How a TensorFlow.js kernel is written as operators: appends them to the graph and returns the kernel's results. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every kernel has inputs and attributes of its own
export type Lowering = (graph: Operators, inputs: any, attributes: any) => Value | readonly Value[];
export type LoweringTable = Readonly<Record<string, Lowering>>;

/** What TensorFlow.js knows about a tensor: `dataId` is the key under which the backend keeps its content. */
type TensorInfo = Pick<tf.TensorInfo, 'dataId' | 'shape' | 'dtype'>;

/** Content of one tensor: a value of the graph, or host data that becomes a constant when it is first used. */
interface Entry {
  readonly shape: number[];
  readonly dtype: tf.DataType;
  readonly host?: tf.BackendValues;
  value?: Value;
  references: number;
}

interface Recording {
  readonly graph: Operators;
  readonly label: string;
  /** Which engine it is for. */
  readonly engine: string;
}

export const traceBackendName = 'chomsky-zoo-trace';

/**
 * A TensorFlow.js backend that computes nothing: its kernels append operators to the graph that is being recorded.
 * Gradients need no code of their own, because TensorFlow.js builds them from kernels.
 */
export class TraceBackend extends tf.KernelBackend {
  private entries = new Map<object, Entry>();
  private recording: Recording | undefined;

  constructor(private readonly table: LoweringTable) {
    super();
    for (const kernelName of Object.keys(table)) {
      tf.registerKernel({
        kernelName,
        backendName: traceBackendName,
        kernelFunc: ({ inputs, attrs }) => this.runKernel(kernelName, inputs, attrs),
      });
    }
  }

  /** Runs `record` while kernels append to the graph, then forgets every tensor made meanwhile. */
  record<T>(recording: Recording, record: () => T): T {
    const outer = this.recording;
    const outerEntries = this.entries;
    this.recording = recording;
    this.entries = new Map();
    try {
      return record();
    } finally {
      this.releaseLeftovers();
      this.recording = outer;
      this.entries = outerEntries;
    }
  }

  /** A tensor that stands for a value of the graph. */
  tensorFor(value: Value): tf.Tensor {
    return tf.engine().makeTensorFromTensorInfo(this.infoOf(value));
  }

  /** The value a tensor stands for. A tensor of another backend is a constant, and stays where it is. */
  valueFor({ dataId, shape, dtype }: TensorInfo): Value {
    const entry = this.entries.get(dataId);
    if (entry?.value) return entry.value;
    const host = entry ? entry.host! : tf.engine().readSync(dataId);
    const type = this.elementType(dtype);
    const value = this.current.graph.constant(hostArray(host, type), [...shape], type);
    if (entry) entry.value = value;
    return value;
  }

  private runKernel(
    kernel: string,
    inputs: tf.NamedTensorInfoMap,
    attributes: unknown,
  ): tf.TensorInfo | tf.TensorInfo[] {
    const { graph } = this.current;
    const values = Object.fromEntries(
      Object.entries(inputs).flatMap(([name, input]) => (input ? [[name, this.valueFor(input)]] : [])),
    );
    graph.origin = kernel;
    const results = this.table[kernel]!(graph, values, attributes ?? {});
    return Array.isArray(results) ? results.map((value: Value) => this.infoOf(value)) : this.infoOf(results as Value);
  }

  private infoOf(value: Value): tf.TensorInfo {
    const dataId = {};
    const shape = [...value.shape];
    const dtype = value.dtype as tf.DataType;
    this.entries.set(dataId, { value, shape, dtype, references: 1 });
    return { dataId, shape, dtype };
  }

  private elementType(dtype: tf.DataType): ElementType {
    if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
    const { engine, label } = this.current;
    throw zooError('missing-lowering', {
      engine,
      kernel: `${dtype} tensors`,
      label,
      known: Object.keys(this.table),
    });
  }

  private get current(): Recording {
    if (!this.recording) throw zooError('disposed', { what: 'A tensor of a traced program' });
    return this.recording;
  }

  /** What the program kept or left behind when it threw: one tensor per reference. */
  private releaseLeftovers(): void {
    for (const [dataId, { shape, dtype, references }] of [...this.entries]) {
      const tensor = { dataId, dtype, size: tf.util.sizeFromShape(shape) } as tf.Tensor;
      for (let left = references; left > 0; left--) tf.engine().disposeTensor(tensor);
    }
  }

  // What TensorFlow.js asks of a backend.
  override write(host: tf.BackendValues, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.entries.set(dataId, { host, shape, dtype, references: 1 });
    return dataId;
  }
  override move(dataId: object, host: tf.BackendValues, shape: number[], dtype: tf.DataType, references: number): void {
    this.entries.set(dataId, { host, shape, dtype, references });
  }
  override readSync(dataId: object): tf.BackendValues {
    const host = this.entries.get(dataId)?.host;
    if (!host) throw zooError('traced-read', { label: this.current.label });
    return host;
  }
  override async read(dataId: object): Promise<tf.BackendValues> {
    return this.readSync(dataId);
  }
  override incRef(dataId: object): void {
    this.entries.get(dataId)!.references++;
  }
  override refCount(dataId: object): number {
    return this.entries.get(dataId)?.references ?? 0;
  }
  override disposeData(dataId: object): boolean {
    const entry = this.entries.get(dataId);
    if (entry && --entry.references > 0) return false;
    this.entries.delete(dataId);
    return true;
  }
  override numDataIds(): number {
    return this.entries.size;
  }
  override floatPrecision(): 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override timerAvailable(): boolean {
    return false;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override dispose(): void {}
}

/** A copy, since TensorFlow.js may hand over an array that its owner changes later, or a plain list. */
function hostArray(host: tf.BackendValues, dtype: ElementType): HostArray {
  const numbers = host as ArrayLike<number>;
  return dtype === 'float32'
    ? Float32Array.from(numbers)
    : dtype === 'int32'
      ? Int32Array.from(numbers)
      : Uint8Array.from(numbers);
}
