import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { causalMask, delayed, fading, filtered, fadingAttention, scan, toeplitz } from '../../../architectures/layers';

beforeAll(() => tf.setBackend('cpu'));
const numbers = (x: tf.Tensor) => Array.from(x.dataSync());
const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

it('scans over time with a state', () => {
  const x = tf.tensor3d([[[1], [2], [3]], [[4], [5], [6]]]);
  const sums = scan((sum: tf.Tensor, [now]) => ({ state: tf.add(sum, now!), output: tf.add(sum, now!) }), tf.zeros([2, 1]), [x]);
  expect(sums.shape).toEqual([2, 3, 1]);
  expect(numbers(sums)).toEqual([1, 3, 6, 4, 9, 15]);
});

it('looks back, and sees zeros before the first token', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 8 }), (time, lag) => {
      const x = tf.tensor3d(Float32Array.from({ length: time }, (_, t) => t + 1), [1, time, 1]);
      expect(numbers(delayed(x, lag))).toEqual(Array.from({ length: time }, (_, t) => Math.max(0, t + 1 - lag)));
    }),
    { seed: 1 },
  );
});

it('hides the future', () => expect(numbers(causalMask(3))).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]));

it('makes matrices of filters', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), (time) => {
      const filter = Array.from({ length: time }, (_, t) => t + 1);
      const matrix = toeplitz(tf.tensor2d([filter]) as Tensor2D);
      expect(numbers(matrix)).toEqual(filter.flatMap((_, t) => filter.map((__, s) => (s <= t ? t - s + 1 : 0))));
    }),
    { seed: 1 },
  );
  const x = random([2, 4, 3], 1) as Tensor3D;
  const sums = filtered(toeplitz(tf.ones([3, 4]) as Tensor2D), x);
  expect(tf.max(tf.abs(tf.sub(sums, tf.cumsum(x, 1)))).dataSync()[0]).toBeLessThan(1e-5);
});

it('fades by the product of decays between two tokens, however small they are', () => {
  const logDecay = tf.tensor3d([[[-1], [-2], [-500], [-3]]]); // [batch, time, heads]
  const values = numbers(fading(logDecay));
  const expected = [1, 0, 0, 0, Math.exp(-2), 1, 0, 0, 0, 0, 1, 0, 0, 0, Math.exp(-3), 1];
  expected.forEach((x, i) => expect(values[i]).toBeCloseTo(x, 5));
});

it('reads a fading memory at all times at once', () => {
  const [query, key, value] = [1, 2, 3].map((seed) => random([2, 5, 3, 4], seed));
  const logDecay = tf.neg(tf.abs(random([2, 5, 3], 4)));
  const stepped = scan(
    (memory: tf.Tensor, [q, k, v, a]) => {
      const faded = tf.mul(memory, tf.reshape(tf.exp(a!), [2, 3, 1, 1]));
      const next = tf.add(faded, tf.matMul(tf.expandDims(k!, 3), tf.expandDims(v!, 2)));
      return { state: next, output: tf.squeeze(tf.matMul(tf.expandDims(q!, 2), next), [2]) };
    },
    tf.zeros([2, 3, 4, 4]),
    [query!, key!, value!, logDecay],
  );
  const difference = tf.sub(fadingAttention(query!, key!, value!, logDecay), stepped);
  expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-4);
});
