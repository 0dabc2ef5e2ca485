import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { pattern } from './chunks';
import { withGradient } from './custom-gradient';

/** Whether entry (i, j) lies in a block left of a diagonal block, both being halves of a block twice as large. */
const joins = (block: number) => (i: number, j: number) => {
  const [row, column] = [Math.floor(i / block), Math.floor(j / block)];
  return row % 2 === 1 && column === row - 1;
};

/**
 * (I + A)^-1 for strictly lower triangular A [..., size, size]. From T = I, blocks on the diagonal double:
 *   [P 0; C Q]^-1 = [P^-1 0; -Q^-1 C P^-1 Q^-1]  is  T := T - T C T
 * The finite series I - A + A^2 - ... would do as well, but its terms can be much larger than the result. The gradient is
 * that of every inverse, -T^T dT T^T.
 */
export const unitLowerInverse = withGradient(
  (a: Tensor) => {
    const size = a.shape.at(-1)!;
    let inverse: Tensor = tf.add(tf.eye(size), tf.zerosLike(a));
    for (let block = 1; block < size; block *= 2) {
      const between = tf.mul(a, pattern(size, size, joins(block)));
      // While T is still the identity, T C T is C.
      inverse = tf.sub(inverse, block === 1 ? between : tf.matMul(tf.matMul(inverse, between), inverse));
    }
    return { value: inverse, kept: { inverse } };
  },
  (gradient, { inverse }) => [tf.neg(tf.matMul(tf.matMul(inverse, gradient, true, false), inverse, false, true))],
);
