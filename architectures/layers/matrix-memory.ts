import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { causalMask, outer, read, timeInside } from './heads';

/**
 * Memories S [batch, heads, keyWidth, valueWidth] that associate keys with values: written with outer products, read
 * with a query. Keys, values and queries are [batch, heads, width]; rates and decays [batch, heads] or per key channel.
 */

/** diag(a) S + k v^T, with a decay per key channel, or one per head as [batch, heads, 1]. */
export const fadeAndAdd = (memory: Tensor, decay: Tensor, key: Tensor, value: Tensor): Tensor =>
  tf.add(tf.mul(memory, tf.expandDims(decay, -1)), outer(key, value));

/** S + b k (v - S^T k)^T: what the key held is moved towards the value, by rate b [batch, heads, 1]. */
export const correct = (memory: Tensor, key: Tensor, value: Tensor, rate: Tensor): Tensor =>
  tf.add(memory, outer(tf.mul(rate, key), tf.sub(value, read(key, memory))));

/**
 * All readings at once of a memory with one decay a_t per head, S_t = a_t S_{t-1} + k_t v_t^T, o_t = q_t S_t:
 *   o_t = sum_{s <= t} (prod_{s < r <= t} a_r) (q_t . k_s) v_s
 * query, key, value [batch, time, heads, width], logDecay [batch, time, heads] -> [batch, time, heads, valueWidth]
 */
export function fadingAttention(query: Tensor, key: Tensor, value: Tensor, logDecay: Tensor): Tensor {
  const [q, k, v] = [query, key, value].map(timeInside) as [Tensor4D, Tensor4D, Tensor4D];
  return timeInside(tf.matMul(tf.mul(tf.matMul(q, k, false, true), fading(logDecay)), v));
}

/** prod_{s < r <= t} a_r for s <= t, else 0: [batch, time, heads] -> [batch, heads, time, time] */
export function fading(logDecay: Tensor): Tensor4D {
  const time = logDecay.shape[1]!;
  const mask = causalMask(time);
  const total = tf.cumsum(tf.transpose(logDecay, [0, 2, 1]), 2); // [batch, heads, time]
  const between = tf.sub(tf.expandDims(total, 3), tf.expandDims(total, 2));
  // The exponent is masked too: for s > t it is positive, and its exponential could be infinite.
  return tf.mul(tf.exp(tf.mul(between, mask)), mask);
}
