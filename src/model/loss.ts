import * as tf from '@tensorflow/tfjs-core';

/**
 * Cross-entropy of the scored positions, each with its weight, summed.
 * logits [batch, time, vocabulary], targets [batch, time] int32, weights [batch, time] -> scalar
 */
export function summedCrossEntropy(logits: tf.Tensor, targets: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  const [batch, time, vocabulary] = logits.shape as [number, number, number];
  const logProbabilities = tf.logSoftmax(tf.reshape(logits, [batch * time, vocabulary])); // [batch * time, vocabulary]
  const wanted = tf.oneHot(tf.reshape(targets, [batch * time]), vocabulary);
  const perPosition = tf.neg(tf.sum(tf.mul(logProbabilities, wanted), 1)); // [batch * time]
  return tf.sum(tf.mul(perPosition, tf.reshape(weights, [batch * time])));
}
