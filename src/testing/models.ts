import * as tf from '@tensorflow/tfjs-core';
import type { Parameters, SequenceModel, State } from '../core/contracts/architecture';
import type { Rng } from '../core/contracts/random';

/** Of the models under test. */
export const vocabularySize = 5;

export const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);
export const mapState = <T>(state: State, map: (tensor: tf.Tensor) => T): Record<string, T> =>
  Object.fromEntries(
    // By name: the default order would print every tensor.
    Object.entries(state)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, tensor]) => [name, map(tensor)]),
  );
export const difference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((largest, x, i) => Math.max(largest, Math.abs(x - b[i]!)), 0);
export const tokenList = (rng: Rng, length: number) => Array.from({ length }, () => rng.integer(vocabularySize));
export const randomTokens = (rng: Rng, batch: number, time: number) =>
  tf.tensor2d(tokenList(rng, batch * time), [batch, time], 'int32');

export const initialParameters = (model: SequenceModel, rng: Rng): Record<string, tf.Tensor> =>
  Object.fromEntries(
    model.parameters.map(({ name, shape, initializer }) => [
      name,
      tf.tensor(initializer(rng.split(name), shape), [...shape]),
    ]),
  );

/** Initial parameters, each moved a little: what starts at zero must not hide a mistake. */
export function movedParameters(model: SequenceModel, rng: Rng): Parameters {
  const noise = rng.split('noise');
  return mapState(initialParameters(model, rng), (value) =>
    tf.tensor(
      Float32Array.from(value.dataSync(), (x) => x + 0.1 * noise.normal()),
      value.shape,
    ),
  );
}

/** logits [batch, time, vocabulary], targets [batch, time] -> mean cross-entropy */
export function crossEntropy(logits: tf.Tensor, targets: tf.Tensor2D): tf.Scalar {
  const oneHot = tf.cast(tf.oneHot(targets, vocabularySize), 'float32');
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), oneHot), -1)));
}

export function gradients(model: SequenceModel, parameters: Parameters, loss: (parameters: Parameters) => tf.Scalar) {
  const names = model.parameters.map(({ name }) => name);
  const named = <T>(list: readonly T[]): Record<string, T> =>
    Object.fromEntries(names.map((name, i) => [name, list[i]!]));
  const { value, grads } = tf.valueAndGrads((...list: tf.Tensor[]) => loss(named(list)))(
    names.map((name) => parameters[name]!),
  );
  return { value, grads: named(grads) };
}
