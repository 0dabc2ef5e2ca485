import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';

/** [batch, time, heads * headWidth] -> [batch, heads, time, headWidth] */
export function splitHeads(x: Tensor3D, heads: number): Tensor4D {
  const [batch, time, width] = x.shape;
  return tf.transpose(tf.reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]) as Tensor4D;
}

/** [batch, heads, time, headWidth] -> [batch, time, heads * headWidth] */
export function mergeHeads(x: Tensor4D): Tensor3D {
  const [batch, heads, time, headWidth] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch, time, heads * headWidth]) as Tensor3D;
}

/** One token: [batch, heads * headWidth] -> [batch, heads, 1, headWidth] */
export const splitTokenHeads = (x: Tensor2D, heads: number): Tensor4D =>
  tf.reshape(x, [x.shape[0], heads, 1, x.shape[1] / heads]) as Tensor4D;

/** One token: [batch, heads, 1, headWidth] -> [batch, heads * headWidth] */
export const mergeTokenHeads = (x: Tensor4D): Tensor2D =>
  tf.reshape(x, [x.shape[0], x.shape[1] * x.shape[3]]) as Tensor2D;

/** 1 where a query may see a key (s <= t), else 0: [time, time] */
export function causalMask(time: number): Tensor2D {
  const index = tf.tensor1d(Int32Array.from({ length: time }, (_, t) => t), 'int32');
  const sees = tf.greaterEqual(tf.reshape(index, [time, 1]), tf.reshape(index, [1, time]));
  return tf.cast(sees, 'float32') as Tensor2D;
}
