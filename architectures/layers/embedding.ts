import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initializer, Parameters } from '../../registry';
import { normal } from './initializers';
import type { ParameterScope } from './parameters';

/** tokens [batch] or [batch, time] int32 -> the same with a last dimension of `width` */
export type Embedding = (parameters: Parameters, tokens: Tensor) => Tensor;

/**
 * One learned vector per token; parameter `weight` [vocabularySize, width].
 * Alphabets have a few dozen symbols: a product with one-hot rows is cheaper than a gather, whose gradient is a scatter.
 */
export function embedding(
  scope: ParameterScope,
  vocabularySize: number,
  width: number,
  initializer: Initializer = normal(1),
): Embedding {
  const weight = scope.declare('weight', [vocabularySize, width], initializer);
  return (parameters: Parameters, tokens: Tensor) => {
    const oneHot = tf.oneHot(tf.reshape(tokens, [-1]), vocabularySize);
    const vectors = tf.matMul(tf.cast(oneHot, 'float32'), weight(parameters));
    return tf.reshape(vectors, [...tokens.shape, width]);
  };
}
