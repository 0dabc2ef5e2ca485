import type { Engine, Handle } from '../core/contracts/engine';
import type { Protocol } from '../core/protocol';
import type { Rng } from '../core/contracts/random';
import type { SequenceModel } from '../core/contracts/architecture';
import { scoredPositions, type Batch } from '../data/batch';
import type { Bucket } from '../data/lengths';
import type { ParameterLayout } from '../model/parameters';
import type { Named, NamedExecutable } from '../model/named-program';
import { learningRateAt, type OptimiserState } from '../model/optimiser';
import { trainingStep, type TrainingInputs, type TrainingOutputs } from '../model/programs';

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
  private readonly executables = new Map<Bucket, NamedExecutable<TrainingInputs, TrainingOutputs>>();
  private readonly decayMask: Handle;
  private state: Named<OptimiserState, Handle>;

  constructor(
    private readonly engine: Engine,
    private readonly model: SequenceModel,
    private readonly layout: ParameterLayout,
    private readonly protocol: Protocol,
    private readonly label: string,
    weights: Weights,
  ) {
    this.decayMask = this.vector(layout.decayMask());
    this.state = {
      parameters: this.vector(weights.parameters),
      firstMoment: this.vector(weights.firstMoment),
      secondMoment: this.vector(weights.secondMoment),
    };
  }

  /** The current parameters [count]; borrowed. */
  get parameters(): Handle {
    return this.state.parameters;
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
    const fresh = {
      tokens: ids(batch.tokens, batch.time),
      targets: ids(targets, scored),
      weights: this.engine.upload(weights, { shape: [batch.rows, scored], dtype: 'float32' }),
      learningRate: this.scalar(learningRateAt(step, steps, optimiser)),
      firstCorrection: this.scalar(1 - optimiser.beta1 ** step),
      secondCorrection: this.scalar(1 - optimiser.beta2 ** step),
      ...(this.model.noise && { noise: this.noise(this.model.noise(batch.time), rng) }),
      ...(chosen && { positions: ids(chosen.positions, scored) }),
    };
    const { loss, ...next } = await executable.run({ ...this.state, decayMask: this.decayMask, ...fresh });
    const value = (await this.engine.read(loss))[0]!;
    this.engine.release([...Object.values(this.state), ...Object.values(fresh), loss]);
    this.state = next;
    return value;
  }

  async weights(): Promise<Weights> {
    const { parameters, firstMoment, secondMoment } = this.state;
    // Copies: an engine may hand out its own memory.
    const copy = async (handle: Handle) => Float32Array.from((await this.engine.read(handle)) as Float32Array);
    return {
      parameters: await copy(parameters),
      firstMoment: await copy(firstMoment),
      secondMoment: await copy(secondMoment),
    };
  }

  async dispose(): Promise<void> {
    this.engine.release([...Object.values<Handle>(this.state), this.decayMask]);
    for (const executable of this.executables.values()) await executable.dispose();
  }

  private async executable(bucket: Bucket): Promise<NamedExecutable<TrainingInputs, TrainingOutputs>> {
    const known = this.executables.get(bucket);
    if (known) return known;
    const { model, layout, protocol } = this;
    const step = trainingStep({
      model,
      layout,
      optimiser: protocol.optimiser,
      rows: protocol.batchSize,
      time: bucket.tokens,
      scored: this.scoredOf(bucket),
    });
    const compiled = await step.compile(this.engine, { label: `${this.label}, training step` });
    this.executables.set(bucket, compiled);
    return compiled;
  }
  /** Positions for which logits are computed, in each sequence of a bucket. */
  private scoredOf({ tokens, scored = tokens }: Bucket): number {
    return this.model.forwardAt && scored <= mostChosen * tokens ? scored : tokens;
  }
  private noise(count: number, rng: Rng): Handle {
    return this.vector(Float32Array.from({ length: count }, () => rng.uniform()));
  }
  private vector(values: Float32Array): Handle {
    return this.engine.upload(values, { shape: [values.length], dtype: 'float32' });
  }
  private scalar(value: number): Handle {
    return this.engine.upload(Float32Array.of(value), { shape: [], dtype: 'float32' });
  }
}
