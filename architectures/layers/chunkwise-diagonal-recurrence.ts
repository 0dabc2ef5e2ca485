import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { chunkLength, statesBefore } from './chunks';
import { each, shapeOf } from './tensors';
import { toeplitz } from './toeplitz';

/** Tokens in one chunk. */
const chunkSize = 16;

/** A complex number per channel and lag, [channels, lags] each. */
export interface Complex {
  readonly re: Tensor;
  readonly im: Tensor;
}

/**
 * The chunkwise parallel form of a complex diagonal linear recurrence that is the same for every token,
 * h_t = lambda h_{t-1} + u_t. Complex numbers are pairs of real ones, and multiplying by x + iy is the matrix [x -y; y x].
 * With h the state before the chunk:
 *   h_t = sum_{s <= t} lambda^(t-s) u_s + lambda^(t+1) h
 * input re and im [batch, time, channels], `powers` lambda^0 ... lambda^count -> [batch, time, 2 channels], re first
 */
export function chunkwiseDiagonalRecurrence(input: Complex, powers: (count: number) => Complex): Tensor {
  const [batch, time, channels] = shapeOf(input.re);
  const length = chunkLength(time, chunkSize);
  const chunks = Math.ceil(time / length);
  const missing = chunks * length - time;
  const lambda = powers(length);
  const lags = (x: Tensor, from: number, count: number) => tf.slice(x, [0, from], [-1, count]);
  const column = (x: Tensor, from: number, count: number) => tf.expandDims(lags(x, from, count), 2);
  /** x + iy -> [x -y; y x]: [channels, rows, columns] -> [channels, 2 rows, 2 columns] */
  const asReal = (x: Tensor, y: Tensor) => tf.concat([tf.concat([x, tf.neg(y)], 2), tf.concat([y, x], 2)], 1);

  // A transpose of two dimensions is cheap, one of five is not: [batch * chunks * 2 * length, channels] and back.
  const pieces = each([input.re, input.im], (x) =>
    tf.reshape(
      tf.pad(x, [
        [0, 0],
        [0, missing],
        [0, 0],
      ]),
      [batch, chunks, length, channels],
    ),
  );
  const flat = tf.transpose(tf.reshape(tf.stack(pieces, 2), [-1, channels]));
  const u = tf.reshape(flat, [channels, batch * chunks, 2 * length]);
  const kernel = asReal(toeplitz(lags(lambda.re, 0, length)), toeplitz(lags(lambda.im, 0, length)));
  let states: Tensor = tf.matMul(u, kernel, false, true);

  if (chunks > 1) {
    const ends = tf.reshape(states, [channels * batch, chunks, 2, length]);
    const last = tf.reshape(tf.slice(ends, [0, 0, 0, length - 1], [-1, -1, -1, 1]), [channels * batch, chunks, 2]);
    const written = tf.reshape(tf.transpose(last, [1, 0, 2]), [chunks, channels, batch, 2]);
    const transition = asReal(column(lambda.re, length, 1), column(lambda.im, length, 1)); // [channels, 2, 2]
    const before = statesBefore(written, (state) => tf.matMul(state, transition, false, true));
    const byChannel = tf.transpose(tf.reshape(before, [chunks, channels * batch, 2]), [1, 0, 2]);
    const reach = asReal(column(lambda.re, 1, length), column(lambda.im, 1, length)); // [channels, 2 length, 2]
    states = tf.add(states, tf.matMul(tf.reshape(byChannel, [channels, batch * chunks, 2]), reach, false, true));
  }
  const byTime = tf.transpose(tf.reshape(states, [channels, -1]));
  const [re, im] = tf.unstack(tf.reshape(byTime, [batch, chunks, 2, length, channels]), 2);
  const joined = tf.concat([re!, im!], 3); // [batch, chunks, length, 2 channels]
  return tf.slice(tf.reshape(joined, [batch, chunks * length, 2 * channels]), [0, 0, 0], [-1, time, -1]);
}
