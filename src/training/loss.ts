import * as tf from '@tensorflow/tfjs';

/**
 * Mean cross-entropy over the scored positions, or the share that these rows have in the mean over a larger batch whose
 * weights sum to `totalWeight`.
 * logits [batch, time, vocabulary], targets [batch, time] int32, weights [batch, time], totalWeight scalar -> scalar
 */
export function crossEntropy(
  logits: tf.Tensor3D, targets: tf.Tensor2D, weights: tf.Tensor2D, totalWeight: tf.Scalar = tf.sum(weights),
): tf.Scalar {
  const [batch, time, vocabulary] = logits.shape;
  const logProbabilities = tf.logSoftmax(tf.reshape(logits, [batch * time, vocabulary])); // [batch * time, vocabulary]
  const wanted = tf.oneHot(tf.reshape(targets, [batch * time]) as tf.Tensor1D, vocabulary);
  const perPosition = tf.neg(tf.sum(tf.mul(logProbabilities, wanted), 1)); // [batch * time]
  const flatWeights = tf.reshape(weights, [batch * time]);
  return tf.div(tf.sum(tf.mul(perPosition, flatWeights)), totalWeight);
}
