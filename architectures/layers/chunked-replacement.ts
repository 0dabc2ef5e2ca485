import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, pattern, statesBefore } from './chunks';
import { unitLowerInverse } from './triangular-inverse';

/** Tokens in one chunk. */
const longest = 16;

export interface Replacements {
  /** [batch, time, heads, keyWidth] */
  readonly query: Tensor;
  /** Where a token looks, and what it takes away in proportion to what it finds. */
  readonly address: Tensor;
  readonly removed: Tensor;
  readonly key: Tensor;
  /** [batch, time, heads, valueWidth] */
  readonly value: Tensor;
  /** Per key channel, [batch, time, heads, keyWidth], and no stronger than e^-5 per token, or sums of 16 overflow. */
  readonly logDecay: Tensor;
}

/**
 * All readings o_t = q_t S_t of memories that replace and fade, S_t = (diag(w_t) - b_t c_t^T) S_{t-1} + k_t v_t^T, in
 * chunks (the state update of Peng et al. 2025, section 4, a diagonal plus a low rank). With G_t the sum of log w_r up to
 * t from the start of the chunk, C' = C * exp(G_{t-1}), Q' = Q * exp(G), B' = B * exp(-G), K' = K * exp(-G), N the last
 * token, and tril keeping s <= t, stril s < t, what tokens find at their addresses is
 *   U = (I + stril(C' B'^T))^-1 (C' S + stril(C' K'^T) V) = X + Y S
 *   O = Q' S + tril(Q' K'^T) V - tril(Q' B'^T) U
 *   S := diag(exp(G_N)) (S + K'^T V - B'^T U)
 * -> [batch, time, heads, valueWidth]
 */
export function chunkedReplacement({ query, address, removed, key, value, logDecay }: Replacements): Tensor {
  const time = query.shape[1]!;
  const length = chunkLength(time, longest);
  const [q, c, b, k, v, w] = allToChunks([query, address, removed, key, value, logDecay], length);
  const upTo = pattern(length, length, (t, s) => s <= t);
  const earlier = pattern(length, length, (t, s) => s < t);
  const total = tf.matMul(upTo, w); // G: [chunks, batch, heads, length, keyWidth]
  const back = tf.exp(tf.neg(total));
  const reading = tf.mul(q, tf.exp(total)); // Q'
  const finding = tf.mul(c, tf.exp(tf.sub(total, w))); // C'
  const removing = tf.mul(b, back); // B'
  const writing = tf.mul(k, back); // K'
  const between = (rows: Tensor, columns: Tensor, mask: Tensor) => tf.mul(tf.matMul(rows, columns, false, true), mask);

  const inverse = unitLowerInverse(between(finding, removing, earlier));
  const xy = tf.matMul(inverse, tf.concat([tf.matMul(between(finding, writing, earlier), v), finding], -1));
  const widths = [v.shape[4], k.shape[4]];
  const [lost, hidden] = tf.split(tf.matMul(between(reading, removing, upTo), xy), widths, -1) as [Tensor, Tensor];
  const within = tf.sub(tf.matMul(between(reading, writing, upTo), v), lost);
  if (length === time) return fromChunks(within, time);

  const [taken, takenOfState] = tf.split(tf.matMul(removing, xy, true, false), widths, -1) as [Tensor, Tensor];
  const last = tf.slice(total, [0, 0, 0, length - 1, 0], [-1, -1, -1, 1, -1]);
  const kept = tf.exp(tf.transpose(last, [0, 1, 2, 4, 3])); // [chunks, batch, heads, keyWidth, 1]
  const written = tf.mul(kept, tf.sub(tf.matMul(writing, v, true, false), taken));
  const [shares, removals] = [kept, takenOfState].map((x) => tf.unstack(x)) as [Tensor[], Tensor[]];
  const states = statesBefore(written, (state, chunk) =>
    tf.mul(shares[chunk]!, tf.sub(state, tf.matMul(removals[chunk]!, state))),
  );
  return fromChunks(tf.add(within, tf.matMul(tf.sub(reading, hidden), states)), time);
}
