import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor3D } from '@tensorflow/tfjs-core';
import { withGradient } from './custom-gradient';

/**
 *   S_t = sum_{s<t} fade^{t-1-s} x_s        x [batch, time, width], fade [width]
 * and, if `reversed`, S_t = sum_{s>t} fade^{s-t-1} x_s, which is how the gradient of the former runs.
 */
function fadingSums(x: Tensor3D, fade: Tensor1D, { reversed = false } = {}): Tensor3D {
  const terms = tf.split(x, x.shape[1], 1); // [batch, 1, width] each
  if (reversed) terms.reverse();
  const sums: Tensor[] = [tf.zerosLike(terms[0]!), ...terms.slice(0, 1)];
  for (const term of terms.slice(1)) sums.push(tf.add(tf.mul(sums.at(-1)!, fade), term));
  sums.pop(); // nothing comes after the last term
  return tf.concat(reversed ? sums.reverse() : sums, 1) as Tensor3D;
}

/**
 * Mean of the values so far, weighted by e^key, which fades by e^-decay per step; the newest weighs e^{bonus + key}:
 *   mean_t = n_t / d_t
 *   n_t = sum_{s<t} e^{-(t-1-s) decay + key_s} value_s + e^{bonus + key_t} value_t
 *   d_t = sum_{s<t} e^{-(t-1-s) decay + key_s} + e^{bonus + key_t}
 * key and value [batch, time, width], decay and bonus [width] -> [batch, time, width]
 *
 * Both sums are unrolled over time: two cheap operators per step, so that cost and memory are linear in time. The
 * gradient has two such sums and nothing else that runs over time.
 */
export const fadingMean = withGradient(
  (key: Tensor3D, value: Tensor3D, decay: Tensor1D, bonus: Tensor1D) => {
    const [fade, emphasis]: Tensor1D[] = [tf.exp(tf.neg(decay)), tf.exp(bonus)];
    const weight: Tensor3D = tf.exp(key);
    const weighted: Tensor3D = tf.mul(weight, value);
    const [pastValues, pastWeights] = [fadingSums(weighted, fade!), fadingSums(weight, fade!)];
    const numerator: Tensor3D = tf.add(pastValues, tf.mul(weighted, emphasis!));
    const denominator: Tensor3D = tf.add(pastWeights, tf.mul(weight, emphasis!));
    const mean: Tensor3D = tf.div(numerator, denominator);
    const kept = {
      value,
      fade: fade!,
      emphasis: emphasis!,
      weight,
      weighted,
      pastValues,
      pastWeights,
      denominator,
      mean,
    };
    return { value: mean, kept };
  },
  /** With q = gradient / d: q is what n is given and -q mean what d is given. */
  (gradient: Tensor3D, { value, fade, emphasis, weight, weighted, pastValues, pastWeights, denominator, mean }) => {
    const q: Tensor3D = tf.div(gradient, denominator);
    const p: Tensor3D = tf.mul(q, mean);
    const [laterQ, laterP] = [fadingSums(q, fade, { reversed: true }), fadingSums(p, fade, { reversed: true })];
    const ofWeighted = tf.add(laterQ, tf.mul(q, emphasis));
    const ofWeight = tf.sub(tf.mul(ofWeighted, value), tf.add(laterP, tf.mul(p, emphasis)));
    const overTokens = (x: Tensor) => tf.sum(x, [0, 1]);
    const ofFade = overTokens(tf.sub(tf.mul(laterQ, pastValues), tf.mul(laterP, pastWeights)));
    const ofEmphasis = overTokens(tf.sub(tf.mul(q, weighted), tf.mul(p, weight)));
    return [
      tf.mul(weight, ofWeight),
      tf.mul(weight, ofWeighted),
      tf.neg(tf.mul(ofFade, fade)),
      tf.mul(ofEmphasis, emphasis),
    ];
  },
);
