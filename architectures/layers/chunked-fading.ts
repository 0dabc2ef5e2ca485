import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, pattern, statesBefore } from './chunks';

/** Tokens in one chunk. */
const longest = 8;
/** e^-17 is less than what rounding takes from 1: what fades faster leaves nothing behind that anybody could see. */
const strongest = -17;

export interface FadingMemory {
  /** [batch, time, heads, keyWidth] */
  readonly query: Tensor;
  readonly key: Tensor;
  /** [batch, time, heads, valueWidth] */
  readonly value: Tensor;
  /** One decay per key channel: [batch, time, heads, keyWidth] */
  readonly logDecay: Tensor;
  /** Whether a token reads what it writes, or only what was there before. Default: it does. */
  readonly readsOwn?: boolean;
}

/**
 * All readings of memories with a decay per key channel, S_t = diag(a_t) S_{t-1} + k_t v_t^T and o_t = q_t S_t, in chunks
 * (Yang et al. 2024, "Gated Linear Attention Transformers", section 4.2). With G_t = sum_{r <= t} log a_r from the start
 * of the chunk, H_t = G_t for the query (G_{t-1} if it reads what was there before), N the last token and any R:
 *   O = (Q * exp(H)) S + M V,  M_ts = (q_t * exp(H_t - R)) . (k_s * exp(R - G_s)) for s <= t (s < t)
 *   S := diag(exp(G_N)) (S + (K * exp(-G))^T V)
 * R is G in the middle of the chunk, so that no exponent exceeds 4 * 17 and no exponential of one is infinite. Products
 * for s > t may be, and are left out by choice, not by multiplication. -> [batch, time, heads, valueWidth]
 */
export function chunkedFading({ query, key, value, logDecay, readsOwn = true }: FadingMemory): Tensor {
  const time = query.shape[1]!;
  const length = chunkLength(time, longest);
  const [q, k, v, a] = allToChunks([query, key, value, tf.maximum(logDecay, strongest)], length);
  const upTo = pattern(length, length, (t, s) => s <= t);
  const seen = readsOwn ? upTo : pattern(length, length, (t, s) => s < t);
  const total = tf.matMul(upTo, a); // G: [chunks, batch, heads, length, keyWidth]
  const ofQuery = readsOwn ? total : tf.sub(total, a); // H
  const row = (x: Tensor, t: number) => tf.slice(x, [0, 0, 0, t, 0], [-1, -1, -1, 1, -1]);
  const middle = row(total, (length - 1) >> 1); // R
  const left = tf.mul(q, tf.exp(tf.sub(ofQuery, middle)));
  const right = tf.mul(k, tf.exp(tf.sub(middle, total)));
  const m = tf.where(tf.cast(seen, 'bool'), tf.matMul(left, right, false, true), 0);
  const within = tf.matMul(m, v);
  if (length === time) return fromChunks(within, time);

  const last = row(total, length - 1);
  const written = tf.matMul(tf.mul(k, tf.exp(tf.sub(last, total))), v, true, false);
  const kept = tf.unstack(tf.exp(tf.transpose(last, [0, 1, 2, 4, 3]))); // [batch, heads, keyWidth, 1] each
  const states = statesBefore(written, (state, chunk) => tf.mul(kept[chunk]!, state));
  return fromChunks(tf.add(within, tf.matMul(tf.mul(q, tf.exp(ofQuery)), states)), time);
}
