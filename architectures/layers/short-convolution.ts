import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import { uniform } from './initializers';
import type { ParameterScope } from './parameters';

/**
 * A causal depthwise convolution over the last few tokens: y_t = sum_j w_j * x_{t-j} + b. Parameters `weight` [kernelSize,
 * width], the current token first, and, unless switched off, `bias` [width]; both start uniform within 1 / sqrt(kernelSize),
 * as convolutions do in PyTorch. The layer that uses it keeps the window of `kernelSize` - 1 tokens.
 */
export function shortConvolution(scope: ParameterScope, width: number, kernelSize: number, { bias = true } = {}) {
  const bound = 1 / Math.sqrt(kernelSize);
  const weight = scope.declare('weight', [kernelSize, width], uniform(-bound, bound), { weightDecay: false });
  const offset = bias ? scope.declare('bias', [width], uniform(-bound, bound)) : undefined;
  return (parameters: Parameters, x: Tensor, earlier: readonly Tensor[]): Tensor => {
    const kernel = tf.unstack(weight(parameters)); // [width] each
    const terms = [x, ...earlier].map((token, j) => tf.mul(token, kernel[j]!));
    const sum = terms.reduce((total, term) => tf.add(total, term));
    return offset ? tf.add(sum, offset(parameters)) : sum;
  };
}
