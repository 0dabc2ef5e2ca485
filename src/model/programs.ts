import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from '../core/protocol';
import { modelShortcuts, type TableForm } from '../../architectures/layers/shortcuts';
import type { Parameters, SequenceModel } from '../core/contracts/architecture';
import type { TensorSpecification } from '../core/contracts/engine';
import { summedCrossEntropy } from './loss';
import { NamedProgram, type NamedAccumulation, Signature } from './named-program';
import { programOrigin } from './origin';
import { adamW, clipByGlobalNorm, type OptimiserState } from './optimiser';
import type { ParameterLayout } from './parameters';
import { entriesOf, pairing } from './tables';

const vector = (count: number): TensorSpecification => ({ shape: [count], dtype: 'float32' });
const scalar: TensorSpecification = { shape: [], dtype: 'float32' };
const matrix = (rows: number, columns: number, dtype: 'int32' | 'float32'): TensorSpecification => ({
  shape: [rows, columns],
  dtype,
});

/** With fewer sequences in a batch for each token of the alphabet tables are not worthwhile. */
const fewestRowsPerToken = 2;

/** A model and how its parameters lie in one vector [count]. */
interface ModelWithLayout {
  readonly model: SequenceModel;
  readonly layout: ParameterLayout;
}

/** What a program is compiled for. */
export interface ProgramSettings extends ModelWithLayout {
  readonly rows: number;
  /** Tokens of each sequence. */
  readonly time: number;
}

export interface TrainingStepSettings extends ProgramSettings {
  readonly optimiser: Optimiser;
  /** Positions of each sequence for which logits are computed. Default: all. */
  readonly scored?: number;
}

export interface TrainingInputs extends OptimiserState {
  /** [count], 1 where weight decay applies */
  readonly decayMask: tf.Tensor1D;
  /** [rows, time] int32 */
  readonly tokens: tf.Tensor2D;
  /** [rows, scored] int32 */
  readonly targets: tf.Tensor2D;
  /** [rows, scored], 1 where a target counts, else 0 */
  readonly weights: tf.Tensor2D;
  readonly learningRate: tf.Scalar;
  /** 1 - beta1^t and 1 - beta2^t at step t. */
  readonly firstCorrection: tf.Scalar;
  readonly secondCorrection: tf.Scalar;
  /** [noise(time)], where the model trains with some */
  readonly noise?: tf.Tensor1D;
  /** [rows, scored] int32: positions of the targets, where not all positions have one */
  readonly positions?: tf.Tensor2D;
}

export interface TrainingOutputs extends OptimiserState {
  readonly loss: tf.Scalar;
}

export type TrainingStep = NamedProgram<TrainingInputs, TrainingOutputs>;
type TrainingAccumulation = NamedAccumulation<TrainingInputs, TrainingOutputs>;

/** One whole training step: forward, backward, clipping, AdamW. */
export function trainingStep(settings: TrainingStepSettings): TrainingStep {
  const { model, layout, optimiser, rows, time, scored = time } = settings;
  const flat = vector(layout.count);
  const inputs = new Signature<TrainingInputs>({
    parameters: flat,
    firstMoment: flat,
    secondMoment: flat,
    decayMask: flat,
    tokens: matrix(rows, time, 'int32'),
    targets: matrix(rows, scored, 'int32'),
    weights: matrix(rows, scored, 'float32'),
    learningRate: scalar,
    firstCorrection: scalar,
    secondCorrection: scalar,
    noise: model.noise && vector(model.noise(time)),
    positions: scored < time ? matrix(rows, scored, 'int32') : undefined,
  });
  const direct = directly(settings);
  const { tableForm } = modelShortcuts(model);
  const isWorthwhile = tableForm && fewestRowsPerToken * tableForm.vocabularySize <= rows;
  return new NamedProgram({
    inputs,
    outputs: ['parameters', 'firstMoment', 'secondMoment', 'loss'],
    compute: (given) => direct.finish(given, direct.part(given)),
    accumulation: isWorthwhile ? throughTables(settings, tableForm, direct) : direct,
    origin: programOrigin(model, 'training step', { optimiser, rows, time, scored }),
  });
}

/** The sums are the loss and its gradient [count], not yet divided by the weight of the batch. */
function directly({ model, layout, optimiser }: TrainingStepSettings): TrainingAccumulation {
  const { forwardAt } = modelShortcuts(model);
  return {
    batched: ['tokens', 'targets', 'weights', 'positions'],
    part({ parameters, tokens, targets, weights, noise, positions }) {
      const logits = (named: Parameters) =>
        positions ? forwardAt!(named, tokens, positions, noise) : model.forward(named, tokens, noise);
      const { value, grads } = valueAndGradients(
        (...pieces) => summedCrossEntropy(logits(layout.named(pieces)), targets, weights),
        layout.pieces(parameters),
      );
      return [value, layout.flatten(grads)];
    },
    finish(inputs, [loss, gradient]) {
      const totalWeight = tf.sum(inputs.weights);
      const mean = tf.div(gradient!, totalWeight) as tf.Tensor1D;
      const next = adamW(inputs, clipByGlobalNorm(mean, optimiser.clipNorm), optimiser, inputs);
      return { ...next, loss: tf.div(loss!, totalWeight) };
    },
  };
}

/**
 * The same by way of tables, which all micro-batches have in common. The sums are the loss, its gradient [count] as
 * far as it does not come through the tables, and the gradient of each table.
 */
function throughTables(
  { layout, time }: TrainingStepSettings,
  form: TableForm,
  direct: TrainingAccumulation,
): TrainingAccumulation {
  return {
    batched: direct.batched,
    part({ parameters, tokens, targets, weights, positions }) {
      const pieces = layout.pieces(parameters);
      const loss = (...given: tf.Tensor[]) => {
        const entries = given.slice(pieces.length).map((table) => entriesOf(table, tokens, form.vocabularySize));
        const logits = form.forward(layout.named(given.slice(0, pieces.length)), entries, positions);
        return summedCrossEntropy(logits, targets, weights);
      };
      const { value, grads } = valueAndGradients(loss, [...pieces, ...form.tables(layout.named(pieces), time)]);
      return [value, layout.flatten(grads.slice(0, pieces.length)), ...grads.slice(pieces.length)];
    },
    finish(inputs, [loss, gradient, ...ofTables]) {
      const { grads } = valueAndGradients(
        (...pieces) => pairing(form.tables(layout.named(pieces), time), ofTables),
        layout.pieces(inputs.parameters),
      );
      return direct.finish(inputs, [loss!, tf.add(gradient!, layout.flatten(grads))]);
    },
  };
}

/**
 * As tf.valueAndGrads, which refuses a piece that the loss does not depend on. There are such pieces: what carries a
 * state from one segment to the next does nothing in sequences of a single segment. Their gradient is zero.
 */
function valueAndGradients(loss: (...pieces: tf.Tensor[]) => tf.Scalar, pieces: tf.Tensor[]) {
  const { value, grads } = tf.engine().gradients(() => loss(...pieces), pieces) as {
    value: tf.Scalar;
    grads: (tf.Tensor | null)[];
  };
  return { value, grads: grads.map((gradient, at) => gradient ?? tf.zerosLike(pieces[at]!)) };
}

export interface PredictionInputs {
  /** [count] */
  readonly parameters: tf.Tensor1D;
  /** [rows, time] int32 */
  readonly tokens: tf.Tensor2D;
}

export interface PredictionOutputs {
  /** The most probable token after each: [rows, time] int32 */
  readonly predicted: tf.Tensor;
}

/** What the model predicts at every position. */
export const prediction = ({
  model,
  layout,
  rows,
  time,
}: ProgramSettings): NamedProgram<PredictionInputs, PredictionOutputs> =>
  new NamedProgram({
    inputs: new Signature<PredictionInputs>({
      parameters: vector(layout.count),
      tokens: matrix(rows, time, 'int32'),
    }),
    outputs: ['predicted'],
    compute: ({ parameters, tokens }) => ({
      predicted: tf.argMax(model.forward(layout.unflatten(parameters), tokens), -1),
    }),
    origin: programOrigin(model, 'prediction', { rows, time }),
  });

export interface LossInputs extends PredictionInputs {
  /** [rows, time] int32 */
  readonly targets: tf.Tensor2D;
  /** [rows, time], 1 where a target counts, else 0 */
  readonly weights: tf.Tensor2D;
}

/** Cross-entropy of everything that is scored, summed, as the model is evaluated. */
export const evaluationLoss = ({
  model,
  layout,
  rows,
  time,
}: ProgramSettings): NamedProgram<LossInputs, { readonly loss: tf.Scalar }> =>
  new NamedProgram({
    inputs: new Signature<LossInputs>({
      parameters: vector(layout.count),
      tokens: matrix(rows, time, 'int32'),
      targets: matrix(rows, time, 'int32'),
      weights: matrix(rows, time, 'float32'),
    }),
    outputs: ['loss'],
    compute: ({ parameters, tokens, targets, weights }) => ({
      loss: summedCrossEntropy(model.forward(layout.unflatten(parameters), tokens), targets, weights),
    }),
  });
