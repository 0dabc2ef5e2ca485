import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../../src/core/random';
import type { SequenceModel } from '../../../src/core/contracts/architecture';

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
