import { modelShortcuts } from '../../architectures/layers/shortcuts';
import type { Engine, Handle } from '../core/contracts/engine';
import type { Protocol } from '../core/protocol';
import type { Rng } from '../core/contracts/random';
import type { SequenceModel } from '../core/contracts/architecture';
import { targetsEverywhere, targetsWhereScored, type Batch } from '../data/batch';
import type { Bucket } from '../data/lengths';
import type { Named, NamedExecutable } from '../model/named-program';
import { learningRateAt } from '../model/optimiser';
import type { ParameterLayout } from '../model/parameters';
import { trainingStep, type TrainingInputs, type TrainingOutputs } from '../model/programs';
import type { Weights } from './training-state';

export interface SessionSettings {
  readonly engine: Engine;
  readonly model: SequenceModel;
  readonly layout: ParameterLayout;
  readonly protocol: Protocol;
  /** Names the run in error messages. */
  readonly label: string;
}

/** What one step is taken on. */
export interface StepData {
  /** Counts from 1. */
  readonly step: number;
  readonly bucket: Bucket;
  /** Of the bucket. */
  readonly batch: Batch;
  /** Draws the noise of models that train with some. */
  readonly rng: Rng;
}

type CompiledStep = NamedExecutable<TrainingInputs, TrainingOutputs>;

/** Up to this share of positions it is less work to choose the scored ones and compute logits for them alone. */
const mostChosen = 0.75;

/** Takes training steps on weights inside the engine; compiles a step for a bucket when it is first needed. */
export class TrainingSession {
  private readonly executables = new Map<Bucket, Promise<CompiledStep>>();
  private readonly decayMask: Handle;

  constructor(private readonly settings: SessionSettings) {
    this.decayMask = this.vector(settings.layout.decayMask());
  }

  /** Weights inside the engine; the caller releases them, or a step does. */
  upload({ parameters, firstMoment, secondMoment }: Weights): Weights<Handle> {
    return {
      parameters: this.vector(parameters),
      firstMoment: this.vector(firstMoment),
      secondMoment: this.vector(secondMoment),
    };
  }

  /** Releases the weights and returns the next ones, with the loss before the step. */
  async step(weights: Weights<Handle>, data: StepData): Promise<{ weights: Weights<Handle>; loss: number }> {
    const { engine } = this.settings;
    const executable = await this.executable(data.bucket);
    const fresh = this.inputs(data);
    const { loss, ...next } = await executable.run({ ...weights, decayMask: this.decayMask, ...fresh });
    const value = (await engine.read(loss))[0]!;
    engine.release([...Object.values(fresh), loss]);
    this.release(weights);
    return { weights: next, loss: value };
  }

  async read({ parameters, firstMoment, secondMoment }: Weights<Handle>): Promise<Weights> {
    return {
      parameters: await this.readVector(parameters),
      firstMoment: await this.readVector(firstMoment),
      secondMoment: await this.readVector(secondMoment),
    };
  }

  /** A copy: an engine may hand out its own memory. */
  async readVector(handle: Handle): Promise<Float32Array> {
    return Float32Array.from(await this.settings.engine.read(handle));
  }

  release({ parameters, firstMoment, secondMoment }: Weights<Handle>): void {
    this.settings.engine.release([parameters, firstMoment, secondMoment]);
  }

  async dispose(): Promise<void> {
    this.settings.engine.release([this.decayMask]);
    // What could not be compiled was told to whoever asked for it.
    for (const step of this.executables.values()) await step.then((compiled) => compiled.dispose()).catch(() => {});
  }

  /** What a step takes besides weights and decay mask. */
  private inputs({
    step,
    bucket,
    batch,
    rng,
  }: StepData): Omit<Named<TrainingInputs, Handle>, keyof Weights | 'decayMask'> {
    const { engine, model, protocol } = this.settings;
    const { optimiser, steps } = protocol;
    const { rows, time } = batch;
    const columns = this.columnsOf(bucket);
    const { targets, weights, positions } =
      columns < time ? targetsWhereScored(batch, columns) : targetsEverywhere(batch);
    const noise = model.noise && Float32Array.from({ length: model.noise(time) }, () => rng.uniform());
    return {
      tokens: engine.upload(batch.tokens, { shape: [rows, time], dtype: 'int32' }),
      targets: engine.upload(targets, { shape: [rows, columns], dtype: 'int32' }),
      weights: engine.upload(weights, { shape: [rows, columns], dtype: 'float32' }),
      learningRate: this.scalar(learningRateAt(step, steps, optimiser)),
      firstCorrection: this.scalar(1 - optimiser.beta1 ** step),
      secondCorrection: this.scalar(1 - optimiser.beta2 ** step),
      ...(noise && { noise: this.vector(noise) }),
      ...(positions && { positions: engine.upload(positions, { shape: [rows, columns], dtype: 'int32' }) }),
    };
  }

  /** Compiles the steps of these buckets now: what is compiled at one time takes less. */
  async prepare(buckets: readonly Bucket[]): Promise<void> {
    await Promise.all(buckets.map((bucket) => this.executable(bucket)));
  }

  private executable(bucket: Bucket): Promise<CompiledStep> {
    const known = this.executables.get(bucket);
    if (known) return known;
    const { engine, model, layout, protocol, label } = this.settings;
    const step = trainingStep({
      model,
      layout,
      optimiser: protocol.optimiser,
      rows: protocol.batchSize,
      time: bucket.tokens,
      scored: this.columnsOf(bucket),
    });
    const compiled = step.compile(engine, { label: `${label}, training step` });
    this.executables.set(bucket, compiled);
    return compiled;
  }
  /** Positions of each sequence of a bucket for which logits are computed. */
  private columnsOf({ tokens, scored = tokens }: Bucket): number {
    return modelShortcuts(this.settings.model).forwardAt && scored <= mostChosen * tokens ? scored : tokens;
  }
  private vector(values: Float32Array): Handle {
    return this.settings.engine.upload(values, { shape: [values.length], dtype: 'float32' });
  }
  private scalar(value: number): Handle {
    return this.settings.engine.upload(Float32Array.of(value), { shape: [], dtype: 'float32' });
  }
}
