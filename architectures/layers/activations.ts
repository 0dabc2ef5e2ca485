import * as tf from '@tensorflow/tfjs';

/** log sigmoid(x), exact where the sigmoid itself would round to zero. */
export const logSigmoid = <T extends tf.Tensor>(x: T): T => tf.neg(tf.softplus(tf.neg(x)));

/** x sigmoid(x) */
export const silu = <T extends tf.Tensor>(x: T): T => tf.mul(x, tf.sigmoid(x));
