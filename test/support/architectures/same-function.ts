import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Largest difference, where numbers are large in relation to them. */
const difference = (actual: Tensor, expected: Tensor): number => {
  const relative = tf.div(tf.abs(tf.sub(actual, expected)), tf.add(1, tf.abs(expected)));
  return relative.dataSync<'float32'>().reduce((largest, x) => (x <= largest ? largest : x), 0); // NaN stays
};

/** Expects two ways to compute something to agree, and the gradients of a random projection of it for every input. */
export function expectSame(
  actual: (...inputs: Tensor[]) => Tensor,
  expected: (...inputs: Tensor[]) => Tensor,
  inputs: Tensor[],
  tolerance = 1e-4,
): void {
  tf.tidy(() => {
    const values = [actual, expected].map((compute) => compute(...inputs)) as [Tensor, Tensor];
    expect(values[0].shape).toEqual(values[1].shape);
    expect(difference(...values)).toBeLessThan(tolerance);
    const projection = tf.randomNormal(values[0].shape, 0, 1, 'float32', 7);
    const [a, b] = [actual, expected].map((compute) =>
      tf.grads((...list: Tensor[]) => tf.sum(tf.mul(compute(...list), projection)))(inputs),
    ) as [Tensor[], Tensor[]];
    inputs.forEach((_, i) => expect(difference(a[i]!, b[i]!)).toBeLessThan(tolerance));
  });
}
