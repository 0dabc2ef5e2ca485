import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, pattern, statesBefore } from './chunks';

/** Tokens in one chunk. */
const chunkSize = 8;
/** e^-17 is less than what rounding takes from 1, so nothing remains visible of what decays faster. */
const strongest = -17;

/** What gated linear attention is given for every token. */
export interface GlaInputs {
  /** [batch, time, heads, keyWidth] */
  readonly query: Tensor;
  readonly key: Tensor;
  /** [batch, time, heads, valueWidth] */
  readonly value: Tensor;
  /** One decay per key channel: [batch, time, heads, keyWidth] */
  readonly logDecay: Tensor;
  /** Whether a token reads what it writes, or only the memory before it. Default: it does. */
  readonly readsOwn?: boolean;
}

/**
 * The chunkwise parallel form of gated linear attention, S_t = diag(alpha_t) S_{t-1} + k_t^T v_t and o_t = q_t S_t with a
 * decay per key channel (Yang et al. 2024, "Gated Linear Attention Transformers", section 4.2). With G_t = sum_{r <= t}
 * log alpha_r from the start of the chunk, H_t = G_t for the query (G_{t-1} if it reads the memory before the token), N the
 * last token and any R:
 *   O = (Q * exp(H)) S + M V,  M_ts = (q_t * exp(H_t - R)) . (k_s * exp(R - G_s)) for s <= t (s < t)
 *   S := diag(exp(G_N)) (S + (K * exp(-G))^T V)
 * R is G in the middle of the chunk, so that no exponent exceeds 4 * 17 and every exponential is finite. Products for s > t
 * may still be infinite, so they are masked by selection, not by multiplication. -> [batch, time, heads, valueWidth]
 */
export function chunkwiseGla({ query, key, value, logDecay, readsOwn = true }: GlaInputs): Tensor {
  const time = query.shape[1]!;
  const length = chunkLength(time, chunkSize);
  const [q, k, v, a] = allToChunks([query, key, value, tf.maximum(logDecay, strongest)], length);
  const upTo = pattern(length, length, (t, s) => s <= t);
  const mask = readsOwn ? upTo : pattern(length, length, (t, s) => s < t);
  const g = tf.matMul(upTo, a); // G: [chunks, batch, heads, length, keyWidth]
  const h = readsOwn ? g : tf.sub(g, a); // H
  const token = (x: Tensor, t: number) => tf.slice(x, [0, 0, 0, t, 0], [-1, -1, -1, 1, -1]);
  const middle = token(g, (length - 1) >> 1); // R
  const left = tf.mul(q, tf.exp(tf.sub(h, middle)));
  const right = tf.mul(k, tf.exp(tf.sub(middle, g)));
  const m = tf.where(tf.cast(mask, 'bool'), tf.matMul(left, right, false, true), 0);
  const within = tf.matMul(m, v);
  if (length === time) return fromChunks(within, time);

  const last = token(g, length - 1);
  const written = tf.matMul(tf.mul(k, tf.exp(tf.sub(last, g))), v, true, false);
  const decays = tf.unstack(tf.exp(tf.transpose(last, [0, 1, 2, 4, 3]))); // [batch, heads, keyWidth, 1] each
  const states = statesBefore(written, (s, chunk) => tf.mul(decays[chunk]!, s));
  return fromChunks(tf.add(within, tf.matMul(tf.mul(q, tf.exp(h)), states)), time);
}
