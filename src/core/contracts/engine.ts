import type { Tensor } from '@tensorflow/tfjs-core';

/** What `--engine` takes beside names: the first engine that works of those that may be taken unasked. */
export const automatic = 'auto';

/** Id of a registered engine. */
export type EngineName = string;

/** What an engine says of itself. */
export interface EngineMeta {
  readonly id: EngineName;
  readonly title: string;
  /** One sentence: what computes. */
  readonly summary: string;
  /**
   * Counts from 1; raised when a change can move a bit of a result: passes, the order of a sum, a kernel. Records of older
   * revisions become stale.
   */
  readonly revision: number;
  /** Whether a program is turned into something else once; otherwise it runs operation by operation. */
  readonly compiled: boolean;
  /** Whether it computes on as many threads as it is told. */
  readonly threads: boolean;
  /** Place among those that `auto` tries, from 1; absent: it is taken only where it is named. */
  readonly automatic?: number;
}

/** Whether an engine works on this machine. */
export interface Availability {
  readonly available: boolean;
  /** What computes, or would. */
  readonly implementation: string;
  readonly version?: string;
  /** Why it is or is not available. */
  readonly reason: string;
  /** What is out of the ordinary, and to be told before it is used or another is taken in its place. */
  readonly note?: string;
}

/** A registered way to get an engine. Its module loads no tensor library before one of the two is called. */
export interface EngineSource {
  available(): Promise<Availability>;
  /** Called only where it is available. */
  open(options: EngineOptions): Promise<Engine>;
}

/** How an engine is to compute. */
export interface EngineOptions {
  /** Threads of one engine; those whose meta does not say `threads` ignore it. */
  readonly threads: number;
  /** Aborted when its work is no longer wanted: compilations that are under way then fail. */
  readonly signal?: AbortSignal;
}

/** Shape and type of a tensor. */
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

/** A compiled program. */
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

/** What an engine may know of a program. */
export interface CompileOptions {
  /** Whose program this is, for error messages: "lstm, training step". */
  readonly label: string;
  /**
   * The program as an accumulation over its batch: an engine may cut the batch into micro-batches, whose intermediate
   * values stay in the processor's cache, or compute them on several threads.
   */
  readonly accumulation?: Accumulation;
  /**
   * All that the program is made of, code included, where that is known: programs of one origin compute the same, so that an
   * engine that has compiled one need not trace another.
   */
  readonly origin?: string;
}

/** What compiling a program took, as if for the first time. */
export interface CompilationProfile {
  /** Floating-point operations of the matrix products that the engine computes. */
  readonly flops: number;
  /** Nodes of the graph that its passes leave. */
  readonly nodes: number;
  /** Capturing the program and running the passes. */
  readonly traceMilliseconds: number;
  /** From there to what can run. */
  readonly sessionMilliseconds: number;
}

/** Computes programs: compiles them, holds tensors, and reads them back. */
export interface Engine {
  readonly name: EngineName;
  /** Which implementation was taken and why: "onnxruntime-node 1.30.0, 1 thread". */
  readonly description: string;
  /** Versions of what it computes with besides the packages of the zoo, for provenance. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Threads that one matrix product is computed on; a batch may be shared among more. */
  readonly productThreads: number;
  /** Whether programs that are asked for at the same time are compiled sooner than one by one, and take little memory then. */
  readonly compilesTogether?: boolean;
  compile(program: Program, signature: readonly TensorSpecification[], options: CompileOptions): Promise<Executable>;
  /** Compiled engines: looks at what compiling a program takes, and throws the result away. */
  profile?(
    program: Program,
    signature: readonly TensorSpecification[],
    options: CompileOptions,
  ): Promise<CompilationProfile>;
  upload(data: Float32Array | Int32Array | Uint8Array, specification: TensorSpecification): Handle;
  read(handle: Handle): Promise<Float32Array | Int32Array | Uint8Array>;
  release(handles: readonly Handle[]): void;
  dispose(): Promise<void>;
}

/** One line of `zoo doctor`. */
export interface EngineReport extends Availability {
  readonly name: EngineName;
}
