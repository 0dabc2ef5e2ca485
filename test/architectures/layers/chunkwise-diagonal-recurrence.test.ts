import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { chunkwiseDiagonalRecurrence, range, scan } from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const channels = 3;

/** lambda = exp(-rate + i angle), of inputs [rate, angle, re, im] */
const inChunks = (rate: Tensor, angle: Tensor, re: Tensor, im: Tensor) =>
  chunkwiseDiagonalRecurrence({ re, im }, (count) => {
    const lags = tf.reshape(range(count + 1), [1, -1]);
    const [size, turn] = [tf.exp(tf.neg(tf.mul(tf.expandDims(rate, 1), lags))), tf.mul(tf.expandDims(angle, 1), lags)];
    return { re: tf.mul(size, tf.cos(turn)), im: tf.mul(size, tf.sin(turn)) };
  });
const inSteps = (rate: Tensor, angle: Tensor, re: Tensor, im: Tensor) => {
  const size = tf.exp(tf.neg(rate));
  const [x, y] = [tf.mul(size, tf.cos(angle)), tf.mul(size, tf.sin(angle))];
  const zeros = tf.zeros([2, channels]);
  return scan(
    ([a, b]: [Tensor, Tensor], [nowRe, nowIm]) => {
      const state: [Tensor, Tensor] = [
        tf.add(tf.sub(tf.mul(x, a), tf.mul(y, b)), nowRe!),
        tf.add(tf.add(tf.mul(x, b), tf.mul(y, a)), nowIm!),
      ];
      return { state, output: tf.concat(state, 1) };
    },
    [zeros, zeros],
    [re, im],
  );
};

it.each([1, 2, 7, 16, 17, 64])('is the same as step by step, %i tokens', (time) => {
  const [re, im] = [1, 2].map((seed) => tf.randomNormal([2, time, channels], 0, 1, 'float32', seed));
  // One channel that hardly fades, one that turns by half, one that forgets almost at once
  expectSame(inChunks, inSteps, [tf.tensor1d([1e-4, 0.1, 20]), tf.tensor1d([0.3, Math.PI, 1]), re!, im!]);
});
