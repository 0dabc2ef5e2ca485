import type * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '../core/contracts/architecture';
import { crossEntropy, difference, gradients } from './models';
import { stepTolerance, type Subject } from './subject';

type Logits = (parameters: Parameters) => tf.Tensor;

/** Two forms of a model against each other: the gradient of every parameter, of the cross-entropy with `targets`. */
export function sameGradients(
  { model, assert }: Pick<Subject, 'model' | 'assert'>,
  parameters: Parameters,
  targets: tf.Tensor2D,
  whole: Logits,
  form: Logits,
  prefix = '',
): void {
  const [wanted, given] = [whole, form].map(
    (logits) => gradients(model, parameters, (list) => crossEntropy(logits(list), targets)).grads,
  );
  for (const [name, gradient] of Object.entries(wanted!)) {
    const largest = difference(gradient.dataSync(), given![name]!.dataSync());
    assert(largest < stepTolerance, `${prefix}the gradients of ${name} differ by ${largest}`);
  }
}
