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

/** A program that adds something up over the rows of a batch and then goes on with the sums. */
export interface Summation {
  /** The inputs (by index) whose first dimension is the batch; a part is given some of their rows, and all other inputs whole. */
  readonly batched: readonly number[];
  /** (inputs) -> partial sums, which are added up over the parts of the batch */
  readonly part: Program;
  /** (inputs, sums) -> the outputs of the program */
  readonly finish: Program;
}

export interface CompileOptions {
  /** Whose program this is, for error messages: "lstm, training step". */
  readonly label: string;
  /**
   * The program as a sum over its batch: an engine may compute that piece by piece, where the intermediate values of a
   * whole batch would not stay in the processor's cache, or on several threads.
   */
  readonly summation?: Summation;
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
