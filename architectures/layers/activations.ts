import * as tf from '@tensorflow/tfjs';

/** x sigmoid(x) */
export const silu = <T extends tf.Tensor>(x: T): T => tf.mul(x, tf.sigmoid(x));
