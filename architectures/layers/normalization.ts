import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import { withGradient } from './custom-gradient';
import { ones, zeros } from './initializers';
import type { Layer, ParameterScope } from './parameters';

/** Added to variances and mean squares, unless a layer asks for another. */
const usualEpsilon = 1e-5;

const meanOf = (x: Tensor): Tensor => tf.mean(x, -1, true);
const sumOf = (x: Tensor): Tensor => tf.sum(x, -1, true);
const inverseRoot = (x: Tensor, offset: number): Tensor => tf.rsqrt(tf.add(x, offset));

/**
 * y = x r with r = 1 / sqrt(total(x^2) + offset), where `total` is the sum or the mean over the last dimension and x was
 * centred before, if there is a `centre`. Automatic differentiation goes through r and the square; put together,
 *   dx = r (d - y total(d y)),  d = centre(dy)
 */
const scaledBy = (total: (x: Tensor) => Tensor, offset: number, centre: (x: Tensor) => Tensor = (x) => x) =>
  withGradient(
    (x: Tensor) => {
      const centred = centre(x);
      const r = inverseRoot(total(tf.square(centred)), offset); // [..., 1]
      const y = tf.mul(centred, r);
      return { value: y, kept: { y, r } };
    },
    (gradient, { y, r }) => {
      const d = centre(gradient);
      return [tf.mul(tf.sub(d, tf.mul(y, total(tf.mul(d, y)))), r)];
    },
  );

/** (x - mean) / sqrt(variance + epsilon), over the last dimension. */
const standardizeWith = (epsilon: number) => scaledBy(meanOf, epsilon, (x) => tf.sub(x, meanOf(x)));

/** (x - mean) / sqrt(variance + 1e-5), over the last dimension. */
export const standardize = standardizeWith(usualEpsilon);

/** x / sqrt(mean of squares + 1e-5), over the last dimension. */
export const rootMeanSquare = scaledBy(meanOf, usualEpsilon);

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

/** How a group norm is built. */
export interface GroupNormOptions {
  /** Default: yes. */
  readonly bias?: boolean;
  /** Added to the variance. Default: 1e-5. */
  readonly epsilon?: number;
}

/**
 * Wu and He 2018, a head being a group: every head standardized by itself, times `gain`, plus `bias`, both [heads, headWidth].
 * x [..., heads, headWidth]
 */
export function groupNorm(
  scope: ParameterScope,
  heads: number,
  headWidth: number,
  { bias = true, epsilon = usualEpsilon }: GroupNormOptions = {},
) {
  const normal = standardizeWith(epsilon);
  const gain = scope.declare('gain', [heads, headWidth], ones, { weightDecay: false });
  const offset = bias ? scope.declare('bias', [heads, headWidth], zeros, { weightDecay: false }) : undefined;
  return (parameters: Parameters, x: Tensor): Tensor => {
    const scaled = tf.mul(normal(x), gain(parameters));
    return offset ? tf.add(scaled, offset(parameters)) : scaled;
  };
}

/** `rootMeanSquareNorm` of every head by itself, with one gain [headWidth] for all: x [..., heads, headWidth] */
export function headNorm(scope: ParameterScope, headWidth: number) {
  const gain = scope.declare('gain', [headWidth], ones);
  return (parameters: Parameters, x: Tensor): Tensor => tf.mul(rootMeanSquare(x), gain(parameters));
}
