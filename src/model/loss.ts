import * as tf from '@tensorflow/tfjs-core';

/**
 * Cross-entropy of the scored positions, each with its weight, summed.
 * logits [batch, time, vocabulary], targets [batch, time] int32, weights [batch, time] -> scalar
 */
export function summedCrossEntropy(logits: tf.Tensor3D, targets: tf.Tensor2D, weights: tf.Tensor2D): tf.Scalar {
  const [batch, time, vocabulary] = logits.shape;
  const logProbabilities = tf.logSoftmax(tf.reshape(logits, [batch * time, vocabulary])); // [batch * time, vocabulary]
  const wanted = tf.oneHot(tf.reshape(targets, [batch * time]) as tf.Tensor1D, vocabulary);
  const perPosition = tf.neg(tf.sum(tf.mul(logProbabilities, wanted), 1)); // [batch * time]
  return tf.sum(tf.mul(perPosition, tf.reshape(weights, [batch * time])));
}
