import * as tf from '@tensorflow/tfjs';
import type { Optimiser, Program, SequenceModel, TensorSpecification } from '../../registry';
import { crossEntropy } from './loss';
import { adamW, clipByGlobalNorm } from './optimiser';
import type { ParameterLayout } from './parameters';

const vector = (count: number): TensorSpecification => ({ shape: [count], dtype: 'float32' });
const scalar: TensorSpecification = { shape: [], dtype: 'float32' };
const matrix = (rows: number, time: number, dtype: 'int32' | 'float32'): TensorSpecification => ({ shape: [rows, time], dtype });

export interface ProgramWithSignature {
  readonly program: Program;
  readonly signature: readonly TensorSpecification[];
}

export interface TrainingStep extends ProgramWithSignature {
  /** The same step, the gradient being summed over so many slices of the batch. */
  readonly sliced: (slices: number) => Program;
}

/**
 * One whole training step: forward, backward, clipping, AdamW.
 * (parameters, firstMoment, secondMoment, decayMask [count], tokens, targets, weights [rows, time], learningRate,
 * firstCorrection, secondCorrection, noise where the model asks for it) -> (parameters, firstMoment, secondMoment
 * [count], loss)
 */
export function trainingStep(
  model: SequenceModel, layout: ParameterLayout, settings: Optimiser, rows: number, time: number,
): TrainingStep {
  const sliced = (slices: number): Program => (...inputs) => {
    const [parameters, firstMoment, secondMoment, decayMask] = inputs.slice(0, 4) as tf.Tensor1D[];
    const [tokens, targets, weights] = inputs.slice(4, 7) as tf.Tensor2D[];
    const [learningRate, first, second] = inputs.slice(7, 10) as tf.Scalar[];
    const noise = inputs[10] as tf.Tensor1D | undefined;
    const totalWeight = tf.sum(weights!) as tf.Scalar;
    const pieces = layout.pieces(parameters!);
    const parts = slicesOf([tokens!, targets!, weights!], slices).map(([ids, wanted, scored]) => {
      const loss = (...named: tf.Tensor[]) =>
        crossEntropy(model.forward(layout.named(named), ids!, noise), wanted!, scored!, totalWeight);
      const { value, grads } = valueAndGradients(loss, pieces);
      return { value, gradient: layout.flatten(grads) };
    });
    const whole = parts.reduce((sum, part) => ({
      value: tf.add(sum.value, part.value), gradient: tf.add(sum.gradient, part.gradient),
    }));
    const next = adamW(
      { parameters: parameters!, firstMoment: firstMoment!, secondMoment: secondMoment! },
      clipByGlobalNorm(whole.gradient, settings.clipNorm),
      settings, learningRate!, { first: first!, second: second! }, decayMask!,
    );
    return [next.parameters, next.firstMoment, next.secondMoment, whole.value];
  };
  const flat = vector(layout.count);
  const [ids, reals] = [matrix(rows, time, 'int32'), matrix(rows, time, 'float32')];
  const noise = model.noise ? [vector(model.noise(time))] : [];
  return { program: sliced(1), sliced, signature: [flat, flat, flat, flat, ids, ids, reals, scalar, scalar, scalar, ...noise] };
}

/** Each tensor [rows, ...] cut along its rows, as evenly as it goes: one list of tensors per slice. */
function slicesOf(tensors: readonly tf.Tensor2D[], slices: number): tf.Tensor2D[][] {
  const rows = tensors[0]!.shape[0];
  const sizes = Array.from({ length: slices }, (_, k) => Math.floor(((k + 1) * rows) / slices) - Math.floor((k * rows) / slices));
  const cut = tensors.map((tensor): tf.Tensor2D[] => (slices === 1 ? [tensor] : tf.split(tensor, sizes, 0)));
  return sizes.map((_, k) => cut.map((parts) => parts[k]!));
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
export function prediction(model: SequenceModel, layout: ParameterLayout, rows: number, time: number): ProgramWithSignature {
  const program: Program = (parameters, tokens) => [
    tf.argMax(model.forward(layout.unflatten(parameters as tf.Tensor1D), tokens as tf.Tensor2D), -1),
  ];
  return { program, signature: [vector(layout.count), matrix(rows, time, 'int32')] };
}
