import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from './custom-gradient';

/** log sigmoid(x), exact where the sigmoid itself would round to zero. */
export const logSigmoid = (x: Tensor): Tensor => tf.neg(tf.softplus(tf.neg(x)));

/**
 * sigmoid(gate) * x, elementwise and of one shape, with a cheaper gradient than the automatic one: for y = sigmoid(gate) x
 * that of x is h = sigmoid(gate) * dy, and that of the gate is h (x - y), since
 *   sigmoid'(gate) x = sigmoid(gate) (1 - sigmoid(gate)) x = sigmoid(gate) (x - y)
 */
export const sigmoidTimes = withGradient(
  (gate: Tensor, x: Tensor) => {
    const share = tf.sigmoid(gate);
    const y = tf.mul(share, x);
    return { value: y, kept: { share, x, y } };
  },
  (gradient, { share, x, y }) => {
    const ofX = tf.mul(gradient, share);
    return [tf.mul(ofX, tf.sub(x, y)), ofX];
  },
);

/**
 * y = sigmoid(gate) tanh(x), elementwise and of one shape. Its gradient keeps the two factors alone: in a recurrence small
 * tensors are cheaper to compute again than to fetch from memory.
 */
export const sigmoidTimesTanh = withGradient(
  (gate: Tensor, x: Tensor) => {
    const [share, bounded] = [tf.sigmoid(gate), tf.tanh(x)];
    return { value: tf.mul(share, bounded), kept: { share, bounded } };
  },
  (gradient, { share, bounded }) => {
    const ofBounded = tf.mul(gradient, share);
    const ofBoth = tf.mul(ofBounded, bounded);
    return [tf.sub(ofBoth, tf.mul(ofBoth, share)), tf.sub(ofBounded, tf.mul(ofBoth, bounded))];
  },
);

/** x sigmoid(x) */
export const silu = (x: Tensor): Tensor => tf.mul(x, tf.sigmoid(x));

/** relu(x)^2, whose gradient 2 relu(x) needs no mask. */
export const squaredRelu = withGradient(
  (x: Tensor) => {
    const rectified = tf.relu(x);
    return { value: tf.square(rectified), kept: { rectified } };
  },
  (gradient, { rectified }) => [tf.mul(tf.mul(gradient, 2), rectified)],
);
