import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { allToChunks, chunkLength, fromChunks, pattern, statesBefore, strongestDecay, toChunks } from './chunks';
import { shapeOf, split } from './tensors';
import { unitLowerInverse } from './triangular-inverse';

/** Householder factors in one chunk. */
const chunkSize = 16;

/** What the delta rule is given for every token. */
export interface DeltaRuleInputs {
  /** [batch, time, heads, keyWidth] */
  readonly query: Tensor;
  /** Of the first Householder factor of every token, of the second, ...: [batch, time, heads, width] each. */
  readonly keys: readonly Tensor[];
  readonly values: readonly Tensor[];
  /** [batch, time, heads, 1] each */
  readonly betas: readonly Tensor[];
  /** Decay of the memory before a token is written, [batch, time, heads, 1]. Default: none. */
  readonly logDecay?: Tensor;
}

/**
 * The chunkwise parallel form of the (gated) delta rule with S [valueWidth, keyWidth] (Yang et al. 2024, "Parallelizing
 * Linear Transformers with the Delta Rule", section 3; with decays Yang et al. 2025, "Gated Delta Networks", section
 * 3.3). Per token one decay and a product of Householder factors, numbered through within a chunk:
 *   S_i = D_i S_{i-1} (I - beta_i k_i k_i^T) + beta_i v_i k_i^T,   o_t = S_t q_t     D_i is 1 but for a token's first factor
 * G_ij is the product of D_r for j < r <= i, G_i0 that since the start of the chunk and G_Nj that until its end. Factor i
 * adds u'_i k_i^T to the memory, where S is the memory before the chunk:
 *   u'_i = beta_i (v_i - G_i0 S k_i - sum_{j < i} G_ij (k_i . k_j) u'_j)
 * In matrices whose rows are factors (Q: tokens), this is the UT transform
 *   T = (I + tril(diag(beta) (G * K K^T), -1))^-1 diag(beta),  U = T V,  W = T diag(G_i0) K,  U' = U - W S^T
 *   O = diag(G_t0) Q S^T + M U',  M_tj = G_tj q_t . k_j for j up to token t
 *   S := G_N0 S + U'^T diag(G_Nj) K
 * -> [batch, time, heads, valueWidth]
 */
export function chunkwiseDeltaRule({ query, keys, values, betas, logDecay }: DeltaRuleInputs): Tensor {
  const [time, perToken] = [query.shape[1]!, keys.length];
  const tokens = chunkLength(time, Math.max(1, Math.floor(chunkSize / perToken)));
  const size = tokens * perToken;
  const [k, v, beta] = allToChunks([interleaved(keys), interleaved(values), interleaved(betas)], size);
  const q = toChunks(query, tokens);
  const g = logDecay ? decaysOf(toChunks(logDecay, tokens), perToken) : noDecays(tokens, perToken);

  const a = tf.mul(beta, tf.mul(tf.matMul(k, k, false, true), g.betweenFactors));
  const uw = tf.matMul(unitLowerInverse(a), tf.mul(beta, tf.concat([v, scaled(k, g.startToFactor)], -1))); // U and W
  const m = tf.mul(tf.matMul(q, k, false, true), g.factorToToken);
  const widths = [shapeOf(v)[4], shapeOf(k)[4]] as const;
  const [mu, mw] = split(tf.matMul(m, uw), widths); // M U and M W
  if (tokens === time) return fromChunks(mu, time);

  const [written, removed] = split(tf.matMul(uw, scaled(k, g.factorToEnd), true, false), widths, 3); // U^T K and W^T K
  const removals = tf.unstack(removed); // [batch, heads, keyWidth, keyWidth] each
  const decays = g.startToEnd && tf.unstack(g.startToEnd); // [batch, heads, 1, 1] each
  const states = statesBefore(written, (s, chunk) =>
    tf.sub(scaled(s, decays?.[chunk]), tf.matMul(s, removals[chunk]!)),
  );
  const reading = tf.sub(scaled(q, g.startToToken), mw);
  return fromChunks(tf.add(mu, tf.matMul(reading, states, false, true)), time);
}

/** The first of every list entry, then the second, ...: [batch, time, heads, width] each -> [batch, time * count, heads, width] */
function interleaved(list: readonly Tensor[]): Tensor {
  if (list.length === 1) return list[0]!;
  const [batch, time, heads, width] = shapeOf(list[0]!);
  return tf.reshape(tf.stack([...list], 2), [batch, time * list.length, heads, width]);
}

const scaled = (x: Tensor, by: Tensor | undefined): Tensor => (by ? tf.mul(x, by) : x);

/** Decays within each chunk: [chunks, batch, heads, ...]; those that are absent are 1. */
interface Decays {
  /** G_ij for j < i, else 0: [size, size] */
  readonly betweenFactors: Tensor;
  /** G_tj for j up to token t, else 0: [tokens, size] */
  readonly factorToToken: Tensor;
  /** G_i0 [size, 1] and G_t0 [tokens, 1] */
  readonly startToFactor?: Tensor;
  readonly startToToken?: Tensor;
  /** G_Nj: [size, 1] */
  readonly factorToEnd?: Tensor;
  /** G_N0: [1, 1] */
  readonly startToEnd?: Tensor;
}

const noDecays = (tokens: number, perToken: number): Decays => ({
  betweenFactors: pattern(tokens * perToken, tokens * perToken, (i, j) => j < i),
  factorToToken: pattern(tokens, tokens * perToken, (t, j) => Math.floor(j / perToken) <= t),
});

/** From the log decay of every token: [chunks, batch, heads, tokens, 1] */
function decaysOf(logDecay: Tensor, perToken: number): Decays {
  const [chunks, batch, heads, tokens] = shapeOf(logDecay);
  const size = tokens * perToken;
  const masks = noDecays(tokens, perToken);
  const total = tf.cumsum(tf.squeeze(tf.maximum(logDecay, strongestDecay), [4]), 3);
  const ofTokens = tf.expandDims(total, 4); // log G_t0
  const ofFactors = tf.reshape(tf.stack(Array<Tensor>(perToken).fill(total), 4), [chunks, batch, heads, size, 1]); // log G_i0, the same for all factors of a token
  const whole = tf.slice(ofTokens, [0, 0, 0, tokens - 1, 0], [-1, -1, -1, 1, 1]); // log G_N0
  const between = (rows: Tensor, mask: Tensor) => {
    // The exponent is masked too: where j comes later it is positive, and its exponential could be infinite.
    const exponent = tf.mul(tf.sub(rows, tf.reshape(ofFactors, [chunks, batch, heads, 1, size])), mask);
    return tf.mul(tf.exp(exponent), mask);
  };
  return {
    betweenFactors: between(ofFactors, masks.betweenFactors),
    factorToToken: between(ofTokens, masks.factorToToken),
    startToFactor: tf.exp(ofFactors),
    startToToken: tf.exp(ofTokens),
    factorToEnd: tf.exp(tf.sub(whole, ofFactors)),
    startToEnd: tf.exp(whole),
  };
}
