import * as tf from '@tensorflow/tfjs-core';
import type { Accumulation } from '../../src/core/contracts/engine';
import { inMicroBatches, wholeProgram } from '../../src/engine/accumulation';

/** Mean over the rows of x w, and how many rows there are. */
const mean: Accumulation = {
  batched: [0],
  part: (x, w) => [tf.sum(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), 0), tf.scalar(x!.shape[0]!)],
  finish: (x, _w, sum, rows) => [tf.div(sum!, rows!), tf.scalar(x!.shape[0]!)],
};
const x = tf.tensor2d(
  Array.from({ length: 21 }, (_, i) => (i * 5) % 7),
  [7, 3],
);
const w = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);

it('is one program in one piece', () => {
  const [result, rows] = wholeProgram(mean)(x, w);
  expect([...result!.dataSync()]).toEqual([...tf.mean(tf.matMul(x, w), 0).dataSync()]);
  expect(rows!.arraySync()).toBe(7);
});

it.each([1, 2, 3, 7])('gives the same in %d micro-batches, also where they are not equal', (count) => {
  const whole = wholeProgram(mean)(x, w);
  inMicroBatches(mean, count)(x, w).forEach((value, i) =>
    expect([...value.dataSync()]).toEqual([...whole[i]!.dataSync()]),
  );
});
