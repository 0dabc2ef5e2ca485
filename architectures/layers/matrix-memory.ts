import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, statesBefore, strongestDecay } from './chunks';
import { causalMask, outer, read } from './heads';

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

/** Tokens in one chunk of a memory with one decay per head. */
const longest = 64;

/**
 * All readings of a memory with one decay a_t per head, S_t = a_t S_{t-1} + k_t v_t^T, o_t = q_t S_t, in chunks: with D_ts
 * the product of a_r for s < r <= t, s = 0 standing for what was there before the chunk and N for its last token,
 *   o_t = D_t0 q_t S + sum_{s <= t} D_ts (q_t . k_s) v_s,   S := D_N0 S + sum_s D_Ns k_s v_s^T
 * query, key, value [batch, time, heads, width], logDecay [batch, time, heads] -> [batch, time, heads, valueWidth]
 */
export function fadingAttention(query: Tensor, key: Tensor, value: Tensor, logDecay: Tensor): Tensor {
  const time = query.shape[1]!;
  const length = chunkLength(time, longest);
  const decay = tf.expandDims(tf.maximum(logDecay, strongestDecay), 3);
  const [q, k, v, a] = allToChunks([query, key, value, decay], length);
  const total = tf.cumsum(tf.squeeze(a, [4]), 3); // log D_t0: [chunks, batch, heads, length]
  const within = tf.matMul(tf.mul(tf.matMul(q, k, false, true), fading(total)), v);
  if (length === time) return fromChunks(within, time);
  const last = tf.slice(total, [0, 0, 0, length - 1], [-1, -1, -1, 1]);
  const scaled = (x: Tensor, log: Tensor) => tf.mul(x, tf.expandDims(tf.exp(log), -1));
  const written = tf.matMul(scaled(k, tf.sub(last, total)), v, true, false);
  const lasts = tf.unstack(last); // [batch, heads, 1] each
  const states = statesBefore(written, (state, chunk) => scaled(state, lasts[chunk]!));
  return fromChunks(tf.add(within, tf.matMul(scaled(q, total), states)), time);
}

/** D_ts = exp(g_t - g_s) for s <= t, else 0, from running sums g of log decays: [..., time] -> [..., time, time] */
export function fading(total: Tensor): Tensor {
  const mask = causalMask(total.shape.at(-1)!);
  const between = tf.sub(tf.expandDims(total, -1), tf.expandDims(total, -2));
  // The exponent is masked too: for s > t it is positive, and its exponential could be infinite.
  return tf.mul(tf.exp(tf.mul(between, mask)), mask);
}
