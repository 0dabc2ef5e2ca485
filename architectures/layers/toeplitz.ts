import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { shapeOf } from './tensors';

/**
 * The Toeplitz matrices of causal convolution kernels: M[c, t, s] = k[c, t - s] for s <= t, else 0.
 * k [channels, time] -> [channels, time, time]
 * Row t of M is r = [k_0, 0, ..., 0, k_{time-1}, ..., k_1] rotated by t. Copies of r in a row, reshaped to rows one shorter
 * than r, are exactly these rotations: this avoids a gather, whose gradient would be a scatter.
 */
export function toeplitz(kernels: Tensor): Tensor {
  const [channels, time] = shapeOf(kernels);
  if (time === 1) return tf.reshape(kernels, [channels, 1, 1]);
  const first = tf.slice(kernels, [0, 0], [-1, 1]);
  const rest = tf.reverse(tf.slice(kernels, [0, 1], [-1, time - 1]), 1);
  const ring = tf.concat([first, tf.zeros([channels, time - 1]), rest], 1); // [channels, 2 time - 1]
  const copies = tf.slice(tf.tile(ring, [1, time]), [0, 0], [-1, time * (2 * time - 2)]);
  return tf.slice(tf.reshape(copies, [channels, time, 2 * time - 2]), [0, 0, 0], [-1, -1, time]);
}

/** Every channel times its own matrix: [channels, time, time], x [batch, time, channels] -> the same as x */
export const convolve = (matrices: Tensor, x: Tensor): Tensor =>
  tf.transpose(tf.matMul(matrices, tf.transpose(x, [2, 1, 0])), [2, 1, 0]);
