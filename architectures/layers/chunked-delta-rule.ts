import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor5D } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, pattern, statesBefore, strongestDecay, toChunks } from './chunks';
import { unitLowerInverse } from './triangular-inverse';

/** Corrections in one chunk. */
const longest = 16;

export interface Corrections {
  /** [batch, time, heads, keyWidth] */
  readonly query: Tensor;
  /** Keys, values and rates of the first correction of every token, of the second, ...: [batch, time, heads, width]. */
  readonly keys: readonly Tensor[];
  readonly values: readonly Tensor[];
  readonly rates: readonly Tensor[];
  /** Of the memory before a token is written, [batch, time, heads, 1]. Default: none. */
  readonly logDecay?: Tensor;
}

/**
 * All readings of memories S [keyWidth, valueWidth] that are corrected, in chunks (Yang et al. 2024, "Parallelizing
 * Linear Transformers with the Delta Rule", section 3; with decays Yang et al. 2025, "Gated Delta Networks", section
 * 3.3). Corrections of a chunk are numbered through, i and j; D_ij is the decay after j up to and including i, D_i0
 * that since the start of the chunk, D_Nj that until its end. What correction i adds is k_i u_i^T:
 *   u_i = b_i (v_i - D_i0 S^T k_i - sum_{j < i} D_ij (k_i . k_j) u_j)
 * so with A_ij = b_i D_ij k_i . k_j for j < i, and M_tj = D_tj q_t . k_j for j up to token t:
 *   U = (I + A)^-1 diag(b) (V - diag(D_i0) K S) = X - Y S
 *   O = diag(D_t0) Q S + M U
 *   S := D_N0 S + K^T diag(D_Nj) U
 * -> [batch, time, heads, valueWidth]
 */
export function chunkedDeltaRule({ query, keys, values, rates, logDecay }: Corrections): Tensor {
  const [time, each] = [query.shape[1]!, keys.length];
  const tokens = chunkLength(time, Math.max(1, Math.floor(longest / each)));
  const [k, v, b] = allToChunks([interleaved(keys), interleaved(values), interleaved(rates)], tokens * each);
  const q = toChunks(query, tokens);
  const nothing = keys.slice(1).map(() => tf.zerosLike(rates[0]!)); // later corrections of a token come without a decay
  const fading = logDecay
    ? fadingBetween(toChunks(interleaved([logDecay, ...nothing]), tokens * each), each)
    : unfading;
  const earlier = pattern(tokens * each, tokens * each, (i, j) => j < i);
  const seen = pattern(tokens, tokens * each, (t, j) => Math.floor(j / each) <= t);

  const a = tf.mul(b, fading.betweenCorrections(tf.matMul(k, k, false, true), earlier));
  const xy = tf.matMul(unitLowerInverse(a), tf.mul(b, tf.concat([v, fading.sinceStart(k)], -1)));
  const m = fading.upToTokens(tf.matMul(q, k, false, true), seen);
  const widths = [v.shape[4], k.shape[4]];
  const [read, hidden] = tf.split(tf.matMul(m, xy), widths, -1) as [Tensor, Tensor]; // M X and M Y
  if (tokens === time) return fromChunks(read, time);

  const [written, removed] = tf.split(tf.matMul(fading.untilEnd(k), xy, true, false), widths, -1) as [Tensor, Tensor];
  const removals = tf.unstack(removed); // [batch, heads, keyWidth, keyWidth] each
  const states = statesBefore(written, (state, chunk) =>
    tf.sub(fading.throughout(state, chunk), tf.matMul(removals[chunk]!, state)),
  );
  return fromChunks(tf.add(read, tf.matMul(tf.sub(fading.sinceStartOfTokens(q), hidden), states)), time);
}

/** The first of every list entry, then the second, ...: [batch, time, heads, width] each -> [batch, time * each, heads, width] */
function interleaved(each: readonly Tensor[]): Tensor {
  if (each.length === 1) return each[0]!;
  const [batch, time, ...rest] = each[0]!.shape as [number, number, ...number[]];
  return tf.reshape(tf.stack([...each], 2), [batch, time * each.length, ...rest]);
}

/** How decays enter; corrections are the rows of k, tokens those of q. */
interface Fading {
  /** x_i D_i0 */
  readonly sinceStart: (x: Tensor) => Tensor;
  readonly sinceStartOfTokens: (x: Tensor) => Tensor;
  /** x_j D_Nj */
  readonly untilEnd: (x: Tensor) => Tensor;
  /** x_ij D_ij where the mask is 1, else 0 */
  readonly betweenCorrections: (x: Tensor, mask: Tensor) => Tensor;
  readonly upToTokens: (x: Tensor, mask: Tensor) => Tensor;
  /** D_N0 S */
  readonly throughout: (state: Tensor, chunk: number) => Tensor;
}

const same = (x: Tensor) => x;
const unfading: Fading = {
  sinceStart: same,
  sinceStartOfTokens: same,
  untilEnd: same,
  throughout: same,
  betweenCorrections: tf.mul,
  upToTokens: tf.mul,
};

/** One decay per correction: [chunks, batch, heads, tokens * each, 1] */
function fadingBetween(logDecay: Tensor5D, each: number): Fading {
  const [chunks, batch, heads, size] = logDecay.shape;
  const total = tf.cumsum(tf.reshape(tf.maximum(logDecay, strongestDecay), [chunks, batch, heads, size]), 3); // D_ij = exp(G_i - G_j)
  const lastOfTokens = tf.slice(tf.reshape(total, [-1, each]), [0, each - 1], [-1, 1]);
  const ofTokens = tf.reshape(lastOfTokens, [chunks, batch, heads, size / each]);
  const whole = tf.slice(total, [0, 0, 0, size - 1], [-1, -1, -1, 1]); // [chunks, batch, heads, 1]
  const wholes = tf.unstack(tf.exp(tf.expandDims(whole, 4))); // [batch, heads, 1, 1] each
  const scale = (x: Tensor, log: Tensor) => tf.mul(x, tf.expandDims(tf.exp(log), 4));
  const between = (x: Tensor, rows: Tensor, mask: Tensor) => {
    // The exponent is masked too: where j comes later it is positive, and its exponential could be infinite.
    const exponent = tf.mul(tf.sub(tf.expandDims(rows, 4), tf.expandDims(total, 3)), mask);
    return tf.mul(x, tf.mul(tf.exp(exponent), mask));
  };
  return {
    sinceStart: (x) => scale(x, total),
    sinceStartOfTokens: (x) => scale(x, ofTokens),
    untilEnd: (x) => scale(x, tf.sub(whole, total)),
    betweenCorrections: (x, mask) => between(x, total, mask),
    upToTokens: (x, mask) => between(x, ofTokens, mask),
    throughout: (state, chunk) => tf.mul(state, wholes[chunk]!),
  };
}
