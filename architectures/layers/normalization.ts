import * as tf from '@tensorflow/tfjs';
import type { Parameters } from '../../registry';
import { ones, zeros } from './initializers';
import type { Layer, ParameterScope } from './parameters';

const epsilon = 1e-5;

/** (x - mean) / sqrt(variance + 1e-5), over the last dimension. */
export function standardize<T extends tf.Tensor>(x: T): T {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centred), -1, true);
  return tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
}

/** x / sqrt(mean of squares + 1e-5), over the last dimension. */
export function rootMeanSquare<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon)));
}

/** x / sqrt(sum of squares + 1e-6), over the last dimension: a vector of length one. */
export function unitLength<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, tf.rsqrt(tf.add(tf.sum(tf.square(x), -1, true), 1e-6)));
}

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
