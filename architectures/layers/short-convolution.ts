import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import { uniform, zeros } from './initializers';
import type { ParameterScope } from './parameters';

/**
 * A causal depthwise convolution over the last few tokens: y_t = sum_j w_j * x_{t-j} + b. Parameters `weight` [kernelSize,
 * width], the current token first, and `bias` [width]. The layer that uses it keeps the window of `kernelSize` - 1 tokens.
 */
export function shortConvolution(scope: ParameterScope, width: number, kernelSize: number) {
  const bound = 1 / Math.sqrt(kernelSize);
  const weight = scope.declare('weight', [kernelSize, width], uniform(-bound, bound), { weightDecay: false });
  const bias = scope.declare('bias', [width], zeros);
  return (parameters: Parameters, x: Tensor, earlier: readonly Tensor[]): Tensor => {
    const kernel = tf.unstack(weight(parameters)); // [width] each
    const terms = [x, ...earlier].map((token, j) => tf.mul(token, kernel[j]!));
    return tf.add(
      terms.reduce((sum, term) => tf.add(sum, term)),
      bias(parameters),
    );
  };
}
