import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { pattern, unitLowerInverse } from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const below = (size: number) => pattern(size, size, (i, j) => j < i);

/** Row by row: t_i = e_i - sum_{j < i} a_ij t_j */
function bySubstitution(a: Tensor): Tensor {
  const size = a.shape[0]!;
  const rows: Tensor[] = [];
  for (let i = 0; i < size; i++) {
    const unit = tf.slice(tf.eye(size), [i, 0], [1, size]);
    const known = tf.slice(a, [i, 0], [1, Math.max(i, 1)]); // [1, i]
    rows.push(
      i === 0
        ? tf.add(unit, tf.mul(0, known))
        : tf.sub(unit, tf.matMul(known as tf.Tensor2D, tf.concat(rows, 0) as tf.Tensor2D)),
    );
  }
  return tf.concat(rows, 0);
}

it.each([1, 2, 3, 8, 13, 16])('inverts I + A of size %i, and so does its gradient', (size) => {
  const a = tf.randomNormal([size, size], 0, 0.5, 'float32', size);
  const masked = (inverse: (a: Tensor) => Tensor) => (x: Tensor) => inverse(tf.mul(x, below(size)));
  expectSame(masked(unitLowerInverse), masked(bySubstitution), [a]);
});

it('inverts many at once', () => {
  const a = tf.mul(tf.randomNormal([2, 3, 5, 5], 0, 1, 'float32', 1), below(5));
  const product = tf.matMul(tf.add(a, tf.eye(5)), unitLowerInverse(a));
  expect(tf.max(tf.abs(tf.sub(product, tf.eye(5)))).dataSync()[0]).toBeLessThan(1e-5);
});

it('stays exact where powers of A are large and the inverse is not', () => {
  // Reflections at one and the same vector: below the diagonal the inverse is -2, 2, -2, ...
  const inverse = unitLowerInverse(tf.mul(2, below(16)));
  const expected = Float32Array.from({ length: 256 }, (_, at) => {
    const apart = Math.floor(at / 16) - (at % 16);
    return apart < 0 ? 0 : apart === 0 ? 1 : 2 * (-1) ** apart;
  });
  expect(inverse.dataSync()).toEqual(expected);
});
