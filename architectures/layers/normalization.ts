import * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import { ones, zeros } from './initializers';
import type { Layer, ParameterScope } from './parameters';

const epsilon = 1e-5;

const meanOf = (x: tf.Tensor): tf.Tensor => tf.mean(x, -1, true);
const sumOf = (x: tf.Tensor): tf.Tensor => tf.sum(x, -1, true);
const inverseRoot = (x: tf.Tensor, offset: number): tf.Tensor => tf.rsqrt(tf.add(x, offset));

/**
 * y = x r with r = 1 / sqrt(total(x^2) + offset), `total` being the sum or the mean over the last dimension. Automatic
 * differentiation goes through r and the square; put together, and with `centre` for what was taken from x before,
 *   dx = r (d - y total(d y)),  d = centre(dy)
 */
function scaledBy(total: (x: tf.Tensor) => tf.Tensor, offset: number, centre: (x: tf.Tensor) => tf.Tensor = (x) => x) {
  const operation = tf.customGrad((x, save) => {
    const centred = centre(x as tf.Tensor);
    const factor = inverseRoot(total(tf.square(centred)), offset); // r [..., 1]
    const y = tf.mul(centred, factor);
    (save as tf.GradSaveFunc)([y, factor]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor => {
      const [value, r] = saved as [tf.Tensor, tf.Tensor];
      const d = centre(dy);
      return tf.mul(tf.sub(d, tf.mul(value, total(tf.mul(d, value)))), r);
    };
    return { value: y, gradFunc };
  });
  return <T extends tf.Tensor>(x: T): T => operation(x) as tf.Tensor as T;
}

/** (x - mean) / sqrt(variance + 1e-5), over the last dimension. */
export const standardize = scaledBy(meanOf, epsilon, (x) => tf.sub(x, meanOf(x)));

/** x / sqrt(mean of squares + 1e-5), over the last dimension. */
export const rootMeanSquare = scaledBy(meanOf, epsilon);

/** x / sqrt(sum of squares + 1e-6), over the last dimension: a vector of length one. */
export const unitLength = scaledBy(sumOf, 1e-6);

/** Ba et al. 2016: standardized, times `gain`, plus `bias`, both [width]. */
export function layerNorm(scope: ParameterScope, width: number): Layer {
  const gain = scope.declare('gain', [width], ones);
  const bias = scope.declare('bias', [width], zeros);
  return (parameters, x) => tf.add(tf.mul(standardize(x), gain(parameters)), bias(parameters));
}

/** Zhang and Sennrich 2019: divided by the root mean square, times `gain` [width]. */
export function rootMeanSquareNorm(scope: ParameterScope, width: number): Layer {
  const gain = scope.declare('gain', [width], ones);
  return (parameters, x) => tf.mul(rootMeanSquare(x), gain(parameters));
}

/** `rootMeanSquareNorm` of every head by itself, with one gain [headWidth] for all: x [..., heads, headWidth] */
export function headNorm(scope: ParameterScope, headWidth: number) {
  const gain = scope.declare('gain', [headWidth], ones);
  return (parameters: Parameters, x: tf.Tensor): tf.Tensor => tf.mul(rootMeanSquare(x), gain(parameters));
}
