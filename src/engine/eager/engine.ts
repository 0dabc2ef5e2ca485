import * as tf from '@tensorflow/tfjs-core';
import type {
  CompileOptions,
  Engine,
  EngineName,
  Executable,
  Handle,
  Program,
  TensorSpecification,
} from '../../core/contracts/engine';
import { zooError } from '../../core/errors';
import { checkInputs, specificationOf } from '../handles';
import { missingKernel, releaseAbandonedTape, withBackend } from '../backends';

class EagerHandle implements Handle {
  readonly shape: readonly number[];
  readonly dtype: TensorSpecification['dtype'];
  constructor(
    readonly engine: EngineName,
    readonly tensor: tf.Tensor,
  ) {
    ({ shape: this.shape, dtype: this.dtype } = specificationOf(tensor));
  }
}

class EagerExecutable implements Executable {
  private known: readonly TensorSpecification[] | undefined;
  private disposed = false;

  constructor(
    private readonly engine: EagerEngine,
    private readonly program: Program,
    readonly inputs: readonly TensorSpecification[],
    private readonly label: string,
  ) {}

  /** Nothing is compiled, so types of outputs are known only from a run: the last one, or one on zeros. */
  get outputs(): readonly TensorSpecification[] {
    if (!this.known) {
      withBackend(this.engine.backend, () =>
        tf.tidy(() => void this.evaluate(this.inputs.map(({ shape, dtype }) => tf.zeros([...shape], dtype)))),
      );
    }
    return this.known!;
  }

  async run(inputs: readonly Handle[]): Promise<Handle[]> {
    if (this.disposed) throw zooError('disposed', { what: `The program of ${this.label}` });
    checkInputs(EagerHandle, this.engine.name, inputs, this.inputs, this.label);
    const given = inputs.map(({ tensor }) => tensor);
    const results = withBackend(this.engine.backend, () => tf.tidy(() => this.evaluate(given)));
    return results.map((tensor) => new EagerHandle(this.engine.name, tf.keep(tensor)));
  }

  async dispose(): Promise<void> {
    this.disposed = true;
  }

  private evaluate(inputs: tf.Tensor[]): tf.Tensor[] {
    try {
      // A copy of the reference: an output that is an input, or is there twice, gets a life of its own.
      const results = this.program(...inputs).map((tensor) => tensor.clone());
      this.known = results.map(specificationOf);
      return results;
    } catch (error) {
      throw this.explained(error);
    } finally {
      releaseAbandonedTape();
    }
  }

  private explained(error: unknown): unknown {
    const { label, engine } = this;
    const kernel = missingKernel(error);
    return kernel ? zooError('missing-kernel', { kernel, label, implementation: engine.description }) : error;
  }
}

/** Runs programs operation by operation on a backend of TensorFlow.js. */
export class EagerEngine implements Engine {
  readonly productThreads = 1;

  /** `backend`: a TensorFlow.js backend that is ready (see `openBackend`). */
  constructor(
    readonly name: EngineName,
    readonly backend: string,
    readonly description: string,
  ) {}

  async compile(
    program: Program,
    signature: readonly TensorSpecification[],
    { label }: CompileOptions,
  ): Promise<Executable> {
    return new EagerExecutable(this, program, signature.map(specificationOf), label);
  }

  upload(data: Float32Array | Int32Array | Uint8Array, { shape, dtype }: TensorSpecification): Handle {
    const tensor = withBackend(this.backend, () => tf.tensor(data.slice(), [...shape], dtype));
    return new EagerHandle(this.name, tf.keep(tensor));
  }

  async read(handle: Handle): Promise<Float32Array | Int32Array | Uint8Array> {
    return (handle as EagerHandle).tensor.data();
  }

  release(handles: readonly Handle[]): void {
    for (const handle of handles) (handle as EagerHandle).tensor.dispose();
  }

  async dispose(): Promise<void> {}
}
