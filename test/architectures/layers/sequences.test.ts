import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {
  causalMask,
  delayed,
  gatedUpdate,
  decayMask,
  convolve,
  chunkwiseScalarGla,
  vecMat,
  scan,
  toeplitz,
} from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const numbers = (x: tf.Tensor) => Array.from(x.dataSync());
const random = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

it('scans over time with a state', () => {
  const x = tf.tensor3d([
    [[1], [2], [3]],
    [[4], [5], [6]],
  ]);
  const sums = scan(
    (sum: tf.Tensor, [now]) => ({ state: tf.add(sum, now!), output: tf.add(sum, now!) }),
    tf.zeros([2, 1]),
    [x],
  );
  expect(sums.shape).toEqual([2, 3, 1]);
  expect(numbers(sums)).toEqual([1, 3, 6, 4, 9, 15]);
});

it('looks back, and sees zeros before the first token', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 8 }), (time, lag) => {
      const x = tf.tensor3d(
        Float32Array.from({ length: time }, (_, t) => t + 1),
        [1, time, 1],
      );
      expect(numbers(delayed(x, lag))).toEqual(Array.from({ length: time }, (_, t) => Math.max(0, t + 1 - lag)));
    }),
    { seed: 1 },
  );
});

it('hides the future', () => expect(numbers(causalMask(3))).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1]));

it('makes Toeplitz matrices of kernels', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7 }), (time) => {
      const filter = Array.from({ length: time }, (_, t) => t + 1);
      const matrix = toeplitz(tf.tensor2d([filter]));
      expect(numbers(matrix)).toEqual(filter.flatMap((_, t) => filter.map((__, s) => (s <= t ? t - s + 1 : 0))));
    }),
    { seed: 1 },
  );
  const x = random([2, 4, 3], 1);
  const sums = convolve(toeplitz(tf.ones([3, 4])), x);
  expect(tf.max(tf.abs(tf.sub(sums, tf.cumsum(x, 1)))).dataSync()[0]).toBeLessThan(1e-5);
});

it('fades by the product of decays between two tokens, however small they are', () => {
  const total = tf.tensor1d([-1, -3, -503, -506]); // of -1, -2, -500, -3
  const values = numbers(decayMask(total));
  const expected = [1, 0, 0, 0, Math.exp(-2), 1, 0, 0, 0, 0, 1, 0, 0, 0, Math.exp(-3), 1];
  expected.forEach((x, i) => expect(values[i]).toBeCloseTo(x, 5));
});

describe.each([1, 2, 7, 64, 130])('linear attention with one decay per head, %i tokens', (time) => {
  const inSteps = (...inputs: tf.Tensor[]) =>
    scan(
      (before: tf.Tensor, [q, k, v, a]) => {
        const memory = gatedUpdate(before, tf.expandDims(tf.exp(a!), 2), k!, v!);
        return { state: memory, output: vecMat(q!, memory) };
      },
      tf.zeros([1, 2, 3, 3]),
      inputs,
    );
  const atOnce = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, a: tf.Tensor) => chunkwiseScalarGla(q, k, v, a);
  const inputs = (logDecay: (x: tf.Tensor) => tf.Tensor) => [
    ...[1, 2, 3].map((seed) => random([1, time, 2, 3], seed)),
    logDecay(random([1, time, 2], 4)),
  ];

  it('in chunks is the same as step by step', () =>
    expectSame(
      atOnce,
      inSteps,
      inputs((x) => tf.neg(tf.abs(x))),
    ));
  it('and so with decays near 0 and near 1 by turns', () =>
    expectSame(
      atOnce,
      inSteps,
      inputs((x) => tf.where(tf.greater(x, 0), tf.mul(-1e-4, x), tf.mul(500, x))),
    ));
});
