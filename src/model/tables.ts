import * as tf from '@tensorflow/tfjs-core';

/**
 * What a table [vocabulary, time, ...] has for each token of a batch: tokens [batch, time] int32 -> [batch, time, ...].
 * A tensor of another shape belongs to no token and is handed on.
 */
export function entriesOf(table: tf.Tensor, tokens: tf.Tensor2D, vocabularySize: number): tf.Tensor {
  const [batch, time] = tokens.shape;
  const [rows, columns, ...rest] = table.shape;
  if (rows !== vocabularySize || columns !== time) return table;
  const places = tf.add(tf.mul(tokens, tf.scalar(time, 'int32')), tf.range(0, time, 1, 'int32')); // [batch, time]
  const flat = tf.gather(
    tf.reshape(table, [vocabularySize * time, -1]),
    tf.reshape(places, [batch * time]) as tf.Tensor1D,
  );
  return tf.reshape(flat, [batch, time, ...rest]);
}

/** sum of tables * gradients, all elements of all of them: its gradient is what the gradients of the tables come from. */
export const pairing = (tables: readonly tf.Tensor[], gradients: readonly tf.Tensor[]): tf.Scalar =>
  tables
    .map((table, i) => tf.sum(tf.mul(table, gradients[i]!)) as tf.Scalar)
    .reduce((total, one) => tf.add(total, one));
