import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { shapeOf } from './tensors';

/** Chooses some tokens of every sequence: [batch, time, ...] -> [batch, count, ...] */
export type Choice = (x: Tensor) => Tensor;

/** Takes all tokens. */
export const everyToken: Choice = (x) => x;

/** The tokens at some positions: at [batch, count] int32 */
export const tokensAt =
  (at: Tensor): Choice =>
  (x: Tensor): Tensor => {
    const [batch, time] = shapeOf(x);
    const count = at.shape[1]!;
    const starts = tf.reshape(tf.range(0, batch * time, time, 'int32'), [batch, 1]);
    const places = tf.reshape(tf.add(at, starts), [batch * count]);
    const chosen = tf.gather(tf.reshape(x, [batch * time, -1]), places);
    return tf.reshape(chosen, [batch, count, ...x.shape.slice(2)]);
  };
