import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from '../core/protocol';
import { modelShortcuts, type TableForm } from '../../architectures/layers/shortcuts';
import type { Parameters, SequenceModel } from '../core/contracts/architecture';
import type { Program, Summation, TensorSpecification } from '../core/contracts/engine';
import { wholeProgram } from '../engine/summation';
import { summedCrossEntropy } from './loss';
import { adamW, clipByGlobalNorm } from './optimiser';
import type { ParameterLayout } from './parameters';
import { entriesOf, pairing } from './tables';

const vector = (count: number): TensorSpecification => ({ shape: [count], dtype: 'float32' });
const scalar: TensorSpecification = { shape: [], dtype: 'float32' };
const matrix = (rows: number, time: number, dtype: 'int32' | 'float32'): TensorSpecification => ({
  shape: [rows, time],
  dtype,
});

/** With fewer sequences in a batch for each token of the alphabet tables are not worthwhile. */
const fewestRowsPerToken = 2;

export interface ProgramWithSignature {
  readonly program: Program;
  readonly signature: readonly TensorSpecification[];
}

export interface TrainingStep extends ProgramWithSignature {
  /** The same step as a sum over the batch: loss and gradient of a part of it, and what is done with the sums. */
  readonly summation: Summation;
}

/**
 * One whole training step: forward, backward, clipping, AdamW.
 * (parameters, firstMoment, secondMoment, decayMask [count], tokens [rows, time], targets, weights [rows, scored],
 * learningRate, firstCorrection, secondCorrection, noise where the model asks for it, positions [rows, scored] where not all
 * are scored) -> (parameters, firstMoment, secondMoment [count], loss)
 */
export function trainingStep(
  model: SequenceModel,
  layout: ParameterLayout,
  settings: Optimiser,
  rows: number,
  time: number,
  scored = time,
): TrainingStep {
  const { forwardAt, tableForm } = modelShortcuts(model);
  const positionsOf = (inputs: readonly tf.Tensor[]) =>
    scored < time ? (inputs[signature.length - 1] as tf.Tensor2D) : undefined;
  /** -> loss and its gradient [count], neither divided by the weight of the batch yet */
  const part: Program = (...inputs) => {
    const [tokens, targets, weights] = inputs.slice(4, 7) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const noise = model.noise && (inputs[10] as tf.Tensor1D);
    const at = positionsOf(inputs);
    const logits = (parameters: Parameters) =>
      at ? forwardAt!(parameters, tokens, at, noise) : model.forward(parameters, tokens, noise);
    const loss = (...named: tf.Tensor[]) => summedCrossEntropy(logits(layout.named(named)), targets, weights);
    const { value, grads } = valueAndGradients(loss, layout.pieces(inputs[0] as tf.Tensor1D));
    return [value, layout.flatten(grads)];
  };
  /**
   * The same by way of tables, which all parts have in common: -> loss, its gradient [count] as far as it does not come
   * through the tables, and that of each table
   */
  const throughTables =
    (form: TableForm): Program =>
    (...inputs) => {
      const [tokens, targets, weights] = inputs.slice(4, 7) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const pieces = layout.pieces(inputs[0] as tf.Tensor1D);
      const loss = (...given: tf.Tensor[]) => {
        const entries = given.slice(pieces.length).map((table) => entriesOf(table, tokens, form.vocabularySize));
        return summedCrossEntropy(
          form.forward(layout.named(given.slice(0, pieces.length)), entries, positionsOf(inputs)),
          targets,
          weights,
        );
      };
      const { value, grads } = valueAndGradients(loss, [...pieces, ...form.tables(layout.named(pieces), time)]);
      return [value, layout.flatten(grads.slice(0, pieces.length)), ...grads.slice(pieces.length)];
    };
  const finish: Program = (...inputs) => {
    const [parameters, firstMoment, secondMoment, decayMask] = inputs.slice(0, 4) as [
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor1D,
    ];
    const [learningRate, first, second] = inputs.slice(7, 10) as [tf.Scalar, tf.Scalar, tf.Scalar];
    const [loss, gradient] = inputs.slice(-2) as [tf.Scalar, tf.Tensor1D];
    const totalWeight = tf.sum(inputs[6]!);
    const clipped = clipByGlobalNorm(tf.div(gradient, totalWeight) as tf.Tensor1D, settings.clipNorm);
    const next = adamW(
      { parameters, firstMoment, secondMoment },
      clipped,
      settings,
      learningRate,
      { first, second },
      decayMask,
    );
    return [next.parameters, next.firstMoment, next.secondMoment, tf.div(loss, totalWeight)];
  };
  /** The sums of `throughTables`: -> what `finish` gives. */
  const finishTables =
    (form: TableForm): Program =>
    (...inputs) => {
      const given = inputs.slice(0, signature.length);
      const [loss, gradient, ...ofTables] = inputs.slice(signature.length) as [tf.Scalar, tf.Tensor1D, ...tf.Tensor[]];
      const { grads } = valueAndGradients(
        (...named) => pairing(form.tables(layout.named(named), time), ofTables),
        layout.pieces(inputs[0] as tf.Tensor1D),
      );
      return finish(...given, loss, tf.add(gradient, layout.flatten(grads)));
    };
  const flat = vector(layout.count);
  const ofScored = (dtype: 'int32' | 'float32') => matrix(rows, scored, dtype);
  const noise = model.noise ? [vector(model.noise(time))] : [];
  const positions = scored < time ? [ofScored('int32')] : [];
  const signature = [
    flat,
    flat,
    flat,
    flat,
    matrix(rows, time, 'int32'),
    ofScored('int32'),
    ofScored('float32'),
    scalar,
    scalar,
    scalar,
    ...noise,
    ...positions,
  ];
  const batched = [4, 5, 6, ...positions.map(() => signature.length - 1)];
  const isWorthwhile = tableForm && fewestRowsPerToken * tableForm.vocabularySize <= rows;
  return {
    program: wholeProgram({ batched, part, finish }),
    summation: isWorthwhile
      ? { batched, part: throughTables(tableForm), finish: finishTables(tableForm) }
      : { batched, part, finish },
    signature,
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

/** What the model says at every position: (parameters [count], tokens [rows, time]) -> said [rows, time] int32 */
export function prediction(
  model: SequenceModel,
  layout: ParameterLayout,
  rows: number,
  time: number,
): ProgramWithSignature {
  const program: Program = (parameters, tokens) => [
    tf.argMax(model.forward(layout.unflatten(parameters as tf.Tensor1D), tokens as tf.Tensor2D), -1),
  ];
  return { program, signature: [vector(layout.count), matrix(rows, time, 'int32')] };
}
