import type { Tensor } from '@tensorflow/tfjs-core';

export const engineNames = ['native', 'onnx', 'tensorflow', 'wasm', 'cpu'] as const;
export type EngineName = (typeof engineNames)[number];

export interface TensorSpecification {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

/** A pure function on TensorFlow.js tensors; traced once or run eagerly, as the engine likes. */
export type Program = (...inputs: Tensor[]) => Tensor[];

/** A tensor that lives in an engine. Its content is that engine's business. */
export interface Handle extends TensorSpecification {
  readonly engine: EngineName;
}

export interface Executable {
  readonly inputs: readonly TensorSpecification[];
  readonly outputs: readonly TensorSpecification[];
  /** Inputs are borrowed; outputs belong to the caller, who releases them. */
  run(inputs: readonly Handle[]): Promise<Handle[]>;
  dispose(): Promise<void>;
}

/** A program that accumulates something over the rows of a batch, in micro-batches of any size, and goes on with the sums. */
export interface Accumulation {
  /** The inputs (by index) whose first dimension is the batch; a micro-batch has some of their rows, and all other inputs whole. */
  readonly batched: readonly number[];
  /** (inputs) -> what one micro-batch adds to the sums */
  readonly part: Program;
  /** (inputs, sums) -> the outputs of the program */
  readonly finish: Program;
}

export interface CompileOptions {
  /** Whose program this is, for error messages: "lstm, training step". */
  readonly label: string;
  /**
   * The program as an accumulation over its batch: an engine may cut the batch into micro-batches, whose intermediate
   * values stay in the processor's cache, or compute them on several threads.
   */
  readonly accumulation?: Accumulation;
}

export interface Engine {
  readonly name: EngineName;
  /** Which implementation was taken and why: "onnxruntime-node 1.30.0, 1 thread". */
  readonly description: string;
  compile(program: Program, signature: readonly TensorSpecification[], options: CompileOptions): Promise<Executable>;
  upload(data: Float32Array | Int32Array | Uint8Array, specification: TensorSpecification): Handle;
  read(handle: Handle): Promise<Float32Array | Int32Array | Uint8Array>;
  release(handles: readonly Handle[]): void;
  dispose(): Promise<void>;
}

/** One line of `zoo doctor`. */
export interface EngineReport {
  readonly name: EngineName;
  readonly available: boolean;
  readonly implementation: string;
  /** Why it is or is not available. */
  readonly reason: string;
  readonly version?: string;
}
