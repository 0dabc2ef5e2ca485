import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import { uniform, zeros } from './initializers';
import type { ParameterScope } from './parameters';

/**
 * Every channel's own causal filter over the last few tokens: y_t = sum_j w_j * x_{t-j} + b. Parameters `weight`
 * [taps, width], newest first, and `bias` [width]. The layer that uses it keeps the window of `taps` - 1 tokens.
 */
export function shortConvolution(scope: ParameterScope, width: number, taps: number) {
  const bound = 1 / Math.sqrt(taps);
  const weight = scope.declare<Tensor2D>('weight', [taps, width], uniform(-bound, bound), { weightDecay: false });
  const bias = scope.declare('bias', [width], zeros);
  return <T extends Tensor2D | Tensor3D>(parameters: Parameters, x: T, earlier: readonly T[]): T => {
    const rows = tf.unstack(weight(parameters)); // [width] each
    const terms = [x, ...earlier].map((seen, j) => tf.mul(seen, rows[j]!));
    return tf.add(
      terms.reduce((sum, term) => tf.add(sum, term)),
      bias(parameters),
    ) as T;
  };
}
