import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, statesBefore, strongestDecay } from './chunks';
import { causalMask, outer } from './heads';

/**
 * Linear attention whose memory S [batch, heads, keyWidth, valueWidth] decays: diag(alpha) S + k^T v. Decays are per key
 * channel, [batch, heads, keyWidth], or per head, [batch, heads, 1].
 */
export const gatedUpdate = (memory: Tensor, decay: Tensor, key: Tensor, value: Tensor): Tensor =>
  tf.add(tf.mul(memory, tf.expandDims(decay, -1)), outer(key, value));

/** Tokens in one chunk. */
const chunkSize = 64;

/**
 * The chunkwise parallel form of linear attention with one decay alpha_t per head: the retention of RetNet (Sun et al.
 * 2023, equation 7) and the state space duality of Mamba-2 (Dao and Gu 2024, section 6). For S_t = alpha_t S_{t-1} +
 * k_t^T v_t and o_t = q_t S_t, with D_ts the product of alpha_r for s < r <= t, s = 0 the start of the chunk and N its last
 * token:
 *   o_t = D_t0 q_t S + sum_{s <= t} D_ts (q_t . k_s) v_s,   S := D_N0 S + sum_s D_Ns k_s^T v_s
 * query, key, value [batch, time, heads, width], logDecay [batch, time, heads] -> [batch, time, heads, valueWidth]
 */
export function chunkwiseScalarGla(query: Tensor, key: Tensor, value: Tensor, logDecay: Tensor): Tensor {
  const time = query.shape[1]!;
  const length = chunkLength(time, chunkSize);
  const decay = tf.expandDims(tf.maximum(logDecay, strongestDecay), 3);
  const [q, k, v, a] = allToChunks([query, key, value, decay], length);
  const total = tf.cumsum(tf.squeeze(a, [4]), 3); // log D_t0: [chunks, batch, heads, length]
  const within = tf.matMul(tf.mul(tf.matMul(q, k, false, true), decayMask(total)), v);
  if (length === time) return fromChunks(within, time);
  const last = tf.slice(total, [0, 0, 0, length - 1], [-1, -1, -1, 1]);
  const scaled = (x: Tensor, log: Tensor) => tf.mul(x, tf.expandDims(tf.exp(log), -1));
  const written = tf.matMul(scaled(k, tf.sub(last, total)), v, true, false);
  const lasts = tf.unstack(last); // [batch, heads, 1] each
  const states = statesBefore(written, (s, chunk) => scaled(s, lasts[chunk]!));
  return fromChunks(tf.add(within, tf.matMul(scaled(q, total), states)), time);
}

/** D_ts = exp(g_t - g_s) for s <= t, else 0, from running sums g of log decays: [..., time] -> [..., time, time] */
export function decayMask(total: Tensor): Tensor {
  const mask = causalMask(total.shape.at(-1)!);
  const between = tf.sub(tf.expandDims(total, -1), tf.expandDims(total, -2));
  // The exponent is masked too: for s > t it is positive, and its exponential could be infinite.
  return tf.mul(tf.exp(tf.mul(between, mask)), mask);
}
