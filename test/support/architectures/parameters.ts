import * as tf from '@tensorflow/tfjs';
import { createRng, type SequenceModel } from '../../../registry';

/** Initial parameters of a model, always the same. */
export function parametersOf(model: SequenceModel): Record<string, tf.Tensor> {
  const rng = createRng('parameters');
  return Object.fromEntries(
    model.parameters.map(({ name, shape, initializer }) => [
      name,
      tf.tensor(initializer(rng.split(name), shape), [...shape]),
    ]),
  );
}
