import * as tf from '@tensorflow/tfjs';
import type { Tensor3D } from '@tensorflow/tfjs';

/** What the previous token had, zeros for the first: [batch, time, width] -> the same */
export function previousToken(x: Tensor3D): Tensor3D {
  const [batch, time, width] = x.shape;
  const first = tf.zeros<tf.Rank.R3>([batch, 1, width]);
  return time === 1 ? first : tf.concat([first, tf.slice(x, [0, 0, 0], [-1, time - 1, -1])], 1);
}
