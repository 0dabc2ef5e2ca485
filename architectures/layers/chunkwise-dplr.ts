import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, pattern, statesBefore } from './chunks';
import { shapeOf, split } from './tensors';
import { unitLowerInverse } from './triangular-inverse';

/** Tokens in one chunk. */
const chunkSize = 16;

/** What a recurrence with a diagonal plus low-rank transition is given for every token. */
export interface DplrInputs {
  /** [batch, time, heads, keyWidth] */
  readonly query: Tensor;
  /** The two vectors of the low rank part, [batch, time, heads, keyWidth]: the memory is read at a and erased at b. */
  readonly a: Tensor;
  readonly b: Tensor;
  readonly key: Tensor;
  /** [batch, time, heads, valueWidth] */
  readonly value: Tensor;
  /** Log of w per key channel, [batch, time, heads, keyWidth]; not below -5 per token, or sums over 16 tokens overflow. */
  readonly logDecay: Tensor;
}

/**
 * The chunkwise parallel form of the generalised delta rule, whose transitions are diagonal plus low rank (DPLR; the state
 * update of Peng et al. 2025, section 4), with S [valueWidth, keyWidth]:
 *   S_t = S_{t-1} (diag(w_t) - a_t b_t^T) + v_t k_t^T,   o_t = S_t q_t
 * With G_t the sum of log w_r up to t from the start of the chunk, A' = A * exp(G_{t-1}), Q' = Q * exp(G),
 * B' = B * exp(-G), K' = K * exp(-G), N the last token and S the memory before the chunk, what tokens read at a is
 *   U = (I + tril(A' B'^T, -1))^-1 (A' S^T + tril(A' K'^T, -1) V) = X + Y S^T
 *   O = Q' S^T + tril(Q' K'^T) V - tril(Q' B'^T) U
 *   S := (S + V^T K' - U^T B') diag(exp(G_N))
 * -> [batch, time, heads, valueWidth]
 */
export function chunkwiseDplr({ query, a, b, key, value, logDecay }: DplrInputs): Tensor {
  const time = query.shape[1]!;
  const length = chunkLength(time, chunkSize);
  const [q, aOf, bOf, k, v, w] = allToChunks([query, a, b, key, value, logDecay], length);
  const upTo = pattern(length, length, (t, s) => s <= t);
  const before = pattern(length, length, (t, s) => s < t);
  const g = tf.matMul(upTo, w); // G: [chunks, batch, heads, length, keyWidth]
  const back = tf.exp(tf.neg(g));
  const q1 = tf.mul(q, tf.exp(g)); // Q'
  const a1 = tf.mul(aOf, tf.exp(tf.sub(g, w))); // A'
  const b1 = tf.mul(bOf, back); // B'
  const k1 = tf.mul(k, back); // K'
  const tril = (x: Tensor, y: Tensor, mask: Tensor) => tf.mul(tf.matMul(x, y, false, true), mask);

  const inverse = unitLowerInverse(tril(a1, b1, before));
  const xy = tf.matMul(inverse, tf.concat([tf.matMul(tril(a1, k1, before), v), a1], -1)); // X and Y
  const widths = [shapeOf(v)[4], shapeOf(k)[4]] as const;
  const [erased, hidden] = split(tf.matMul(tril(q1, b1, upTo), xy), widths);
  const within = tf.sub(tf.matMul(tril(q1, k1, upTo), v), erased);
  if (length === time) return fromChunks(within, time);

  const [xb, yb] = split(tf.matMul(xy, b1, true, false), widths, 3); // X^T B' and Y^T B'
  const decay = tf.exp(tf.slice(g, [0, 0, 0, length - 1, 0], [-1, -1, -1, 1, -1])); // [chunks, batch, heads, 1, keyWidth]
  const written = tf.mul(tf.sub(tf.matMul(v, k1, true, false), xb), decay);
  const [decays, erasures] = [tf.unstack(decay), tf.unstack(yb)];
  const states = statesBefore(written, (s, chunk) => tf.mul(tf.sub(s, tf.matMul(s, erasures[chunk]!)), decays[chunk]!));
  return fromChunks(tf.add(within, tf.matMul(tf.sub(q1, hidden), states, false, true)), time);
}
