import type { Engine, Executable, Handle } from '../core/contracts/engine';
import type { Protocol } from '../core/protocol';
import type { Rng } from '../core/contracts/random';
import type { SequenceModel } from '../core/contracts/architecture';
import { modelShortcuts } from '../../architectures/layers/shortcuts';
import { scoredPositions, type Batch } from '../data/batch';
import type { Bucket } from '../data/lengths';
import type { ParameterLayout } from '../model/parameters';
import { trainingStep } from '../model/programs';
import { learningRateAt } from '../model/optimiser';

/** The three vectors of training, outside any engine. */
export interface Weights {
  readonly parameters: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** Up to this share of positions it is less work to compute what is scored alone, and to choose it from the rest. */
const mostChosen = 0.75;

/** Keeps parameters and moments inside the engine and moves them one step at a time; compiles a step per bucket when first needed. */
export class TrainingSession {
  private readonly executables = new Map<Bucket, Executable>();
  private readonly decayMask: Handle;
  private state: [Handle, Handle, Handle];

  constructor(
    private readonly engine: Engine,
    private readonly model: SequenceModel,
    private readonly layout: ParameterLayout,
    private readonly protocol: Protocol,
    private readonly label: string,
    weights: Weights,
  ) {
    this.decayMask = this.vector(layout.decayMask());
    this.state = [this.vector(weights.parameters), this.vector(weights.firstMoment), this.vector(weights.secondMoment)];
  }

  /** The current parameters [count]; borrowed. */
  get parameters(): Handle {
    return this.state[0];
  }

  /** Takes step number `step` (from 1) and returns its loss; `rng` draws the noise of models that train with some. */
  async step(step: number, bucket: Bucket, batch: Batch, rng: Rng): Promise<number> {
    const executable = await this.executable(bucket);
    const { optimiser, steps } = this.protocol;
    const scored = this.scoredOf(bucket);
    const chosen = scored < batch.time ? scoredPositions(batch, scored) : undefined;
    const { targets, weights } = chosen ?? batch;
    const ids = (values: Int32Array, columns: number) =>
      this.engine.upload(values, { shape: [batch.rows, columns], dtype: 'int32' });
    const fresh = [
      ids(batch.tokens, batch.time),
      ids(targets, scored),
      this.engine.upload(weights, { shape: [batch.rows, scored], dtype: 'float32' }),
      this.scalar(learningRateAt(step, steps, optimiser)),
      this.scalar(1 - optimiser.beta1 ** step),
      this.scalar(1 - optimiser.beta2 ** step),
      ...this.noise(batch.time, rng),
      ...(chosen ? [ids(chosen.positions, scored)] : []),
    ];
    const [parameters, firstMoment, secondMoment, loss] = await executable.run([
      ...this.state,
      this.decayMask,
      ...fresh,
    ]);
    const value = (await this.engine.read(loss!))[0]!;
    this.engine.release([...this.state, ...fresh, loss!]);
    this.state = [parameters!, firstMoment!, secondMoment!];
    return value;
  }

  async weights(): Promise<Weights> {
    const [parameters, firstMoment, secondMoment] = await Promise.all(
      this.state.map((handle) => this.engine.read(handle)),
    );
    // Copies: an engine may hand out its own memory.
    const copy = (values: unknown) => Float32Array.from(values as Float32Array);
    return { parameters: copy(parameters), firstMoment: copy(firstMoment), secondMoment: copy(secondMoment) };
  }

  async dispose(): Promise<void> {
    this.engine.release([...this.state, this.decayMask]);
    for (const executable of this.executables.values()) await executable.dispose();
  }

  private async executable(bucket: Bucket): Promise<Executable> {
    const known = this.executables.get(bucket);
    if (known) return known;
    const { program, signature, summation } = trainingStep(
      this.model,
      this.layout,
      this.protocol.optimiser,
      this.protocol.batchSize,
      bucket.tokens,
      this.scoredOf(bucket),
    );
    const compiled = await this.engine.compile(program, signature, {
      label: `${this.label}, training step`,
      summation,
    });
    this.executables.set(bucket, compiled);
    return compiled;
  }
  /** Positions for which logits are computed, in each sequence of a bucket. */
  private scoredOf({ tokens, scored = tokens }: Bucket): number {
    return modelShortcuts(this.model).forwardAt && scored <= mostChosen * tokens ? scored : tokens;
  }
  private noise(time: number, rng: Rng): Handle[] {
    if (!this.model.noise) return [];
    return [this.vector(Float32Array.from({ length: this.model.noise(time) }, () => rng.uniform()))];
  }
  private vector(values: Float32Array): Handle {
    return this.engine.upload(values, { shape: [values.length], dtype: 'float32' });
  }
  private scalar(value: number): Handle {
    return this.engine.upload(Float32Array.of(value), { shape: [], dtype: 'float32' });
  }
}
