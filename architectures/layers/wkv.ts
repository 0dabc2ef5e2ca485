import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from './custom-gradient';

/**
 *   S_t = sum_{s<t} decay^{t-1-s} x_s        x [batch, time, width], decay [width]
 * and, if `reversed`, S_t = sum_{s>t} decay^{s-t-1} x_s, which is what the gradient of the former needs.
 */
function decayedSums(x: Tensor, decay: Tensor, { reversed = false } = {}): Tensor {
  const terms = tf.split(x, x.shape[1]!, 1); // [batch, 1, width] each
  if (reversed) terms.reverse();
  const sums: Tensor[] = [tf.zerosLike(terms[0]!), ...terms.slice(0, 1)];
  for (const term of terms.slice(1)) sums.push(tf.add(tf.mul(sums.at(-1)!, decay), term));
  sums.pop(); // nothing comes after the last term
  return tf.concat(reversed ? sums.reverse() : sums, 1);
}

/**
 * The WKV operator of RWKV-4 (Peng et al. 2023, equation 16):
 *   wkv_t = n_t / d_t
 *   n_t = sum_{s<t} e^{-(t-1-s) w + k_s} v_s + e^{u + k_t} v_t
 *   d_t = sum_{s<t} e^{-(t-1-s) w + k_s} + e^{u + k_t}
 * k and v [batch, time, width], w and u [width] -> [batch, time, width]
 *
 * Both sums are unrolled over time: two cheap operators per token, so that cost and memory are linear in time. The
 * gradient has two such sums and nothing else that runs over time.
 */
export const wkv = withGradient(
  (k: Tensor, v: Tensor, w: Tensor, u: Tensor) => {
    const [decay, bonus] = [tf.exp(tf.neg(w)), tf.exp(u)];
    const weight = tf.exp(k);
    const weighted = tf.mul(weight, v);
    const [pastValues, pastWeights] = [decayedSums(weighted, decay), decayedSums(weight, decay)];
    const n = tf.add(pastValues, tf.mul(weighted, bonus));
    const d = tf.add(pastWeights, tf.mul(weight, bonus));
    const mean = tf.div(n, d);
    return { value: mean, kept: { v, decay, bonus, weight, weighted, pastValues, pastWeights, d, mean } };
  },
  /** With q = dwkv / d, the gradient of n is q and that of d is -q wkv. */
  (gradient, { v, decay, bonus, weight, weighted, pastValues, pastWeights, d, mean }) => {
    const q = tf.div(gradient, d);
    const p = tf.mul(q, mean);
    const [laterQ, laterP] = [decayedSums(q, decay, { reversed: true }), decayedSums(p, decay, { reversed: true })];
    const ofWeighted = tf.add(laterQ, tf.mul(q, bonus));
    const ofWeight = tf.sub(tf.mul(ofWeighted, v), tf.add(laterP, tf.mul(p, bonus)));
    const overTokens = (x: Tensor) => tf.sum(x, [0, 1]);
    const ofDecay = overTokens(tf.sub(tf.mul(laterQ, pastValues), tf.mul(laterP, pastWeights)));
    const ofBonus = overTokens(tf.sub(tf.mul(q, weighted), tf.mul(p, weight)));
    return [
      tf.mul(weight, ofWeight),
      tf.mul(weight, ofWeighted),
      tf.neg(tf.mul(ofDecay, decay)),
      tf.mul(ofBonus, bonus),
    ];
  },
);
