import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createRng, type Parameters } from '../../registry';
import { constant, normal } from './initializers';
import type { ParameterScope } from './parameters';

/** Matrices that are added: random ones, nearly orthogonal, or the identity. */
export const noiseKinds = ['random', 'identity'] as const;
/** A random matrix, or the identity. */
export type NoiseKind = (typeof noiseKinds)[number];

/** Where the trainable scales begin. */
const initialScale = 0.1;

/** What is added to an attention. */
export interface AttentionNoise {
  /**
   * Added to the scores of queries, as a function of the keys:
   * tokens [batch, 1, queries, width], then [batch, 1, keys, width] -> [batch, 1, queries, keys]
   */
  scores(parameters: Parameters, queries: Tensor, headWidth: number): (keys: Tensor) => Tensor;
  /** Added to the output: tokens averaged by each head and summed over heads, [batch, queries, width] -> the same */
  output(parameters: Parameters, averaged: Tensor): Tensor;
}

/** Z_index [width, width], row-major: entries N(0, 1 / width), the same in every model, or the identity. */
export function noiseMatrix(kind: NoiseKind, index: number, width: number): Float32Array {
  if (kind === 'random')
    return normal(1 / Math.sqrt(width))(createRng('orthogonal-noise').split(index), [width, width]);
  return Float32Array.from({ length: width * width }, (_, at) => (at % (width + 1) === 0 ? 1 : 0));
}

/**
 * Fixed matrices in the attention of layer l = 1, 2, ... with trainable scales (Wang et al. 2024, as we read its summaries:
 * RMBA with random matrices, IMBA with the identity):
 *   W_qk(l) + alpha_l Z_(l-1),   W_vo(l) + beta_l Z_l
 * where W_qk = W_q W_k^T and W_vo = W_v W_o of every head. What layer l - 1 writes by Z_(l-1), layer l then reads by the same matrix:
 * Z Z^T is near the identity, so that tokens match themselves.
 */
export function orthogonalNoise(
  scope: ParameterScope,
  { kind, layer, width }: { readonly kind: NoiseKind; readonly layer: number; readonly width: number },
): AttentionNoise {
  const named = scope.child(kind); // whoever reads the parameters knows the matrices
  const alpha = named.declare('alpha', [1], constant(initialScale));
  const beta = named.declare('beta', [1], constant(initialScale));
  /** x Z */
  const times = (index: number) => {
    if (kind === 'identity') return (x: Tensor): Tensor => x;
    const values = noiseMatrix(kind, index, width);
    return (x: Tensor): Tensor => {
      const rows = tf.matMul(tf.reshape(x, [-1, width]), tf.tensor2d(values, [width, width]));
      return tf.reshape(rows, x.shape);
    };
  };
  const [reading, writing] = [times(layer - 1), times(layer)];
  return {
    scores: (parameters, queries, headWidth) => {
      const asked = tf.mul(reading(queries), tf.mul(alpha(parameters), 1 / Math.sqrt(headWidth)));
      return (keys) => tf.matMul(asked, keys, false, true);
    },
    output: (parameters, averaged) => tf.mul(writing(averaged), beta(parameters)),
  };
}
