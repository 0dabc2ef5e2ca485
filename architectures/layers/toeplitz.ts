import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

/**
 * Causal filters as matrices: M[c, t, s] = k[c, t - s] for s <= t, else 0. k [channels, time] -> [channels, time, time]
 * Row t of M is r = [k_0, 0, ..., 0, k_{time-1}, ..., k_1] turned by t, and copies of r in a row, cut one short of its
 * length, are exactly these turns: no gather, whose gradient would be a scatter.
 */
export function toeplitz(filters: Tensor2D): Tensor3D {
  const [channels, time] = filters.shape;
  if (time === 1) return tf.reshape(filters, [channels, 1, 1]);
  const first = tf.slice(filters, [0, 0], [-1, 1]);
  const rest = tf.reverse(tf.slice(filters, [0, 1], [-1, time - 1]), 1);
  const ring = tf.concat([first, tf.zeros([channels, time - 1]), rest], 1); // [channels, 2 time - 1]
  const copies = tf.slice(tf.tile(ring, [1, time]), [0, 0], [-1, time * (2 * time - 2)]);
  return tf.slice(tf.reshape(copies, [channels, time, 2 * time - 2]), [0, 0, 0], [-1, -1, time]) as Tensor3D;
}

/** Every channel filtered by its own matrix: [channels, time, time], x [batch, time, channels] -> the same as x */
export const filtered = (matrices: Tensor3D, x: Tensor3D): Tensor3D =>
  tf.transpose(tf.matMul(matrices, tf.transpose(x, [2, 1, 0])), [2, 1, 0]);
