import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { chunkLength, statesBefore } from './chunks';
import { toeplitz } from './toeplitz';

/** Tokens in one chunk. */
const longest = 16;

/** A complex number per channel and lag, [channels, lags] each. */
export interface Complex {
  readonly re: Tensor;
  readonly im: Tensor;
}

/**
 * All states h_t = lambda h_{t-1} + u_t of channels with fixed complex lambda, in chunks. Complex numbers are pairs of
 * real ones, and multiplying by x + iy is the matrix [x -y; y x]. With h what was there before the chunk:
 *   h_t = sum_{s <= t} lambda^(t-s) u_s + lambda^(t+1) h
 * input re and im [batch, time, channels], `powers` lambda^0 ... lambda^count -> [batch, time, 2 channels], re first
 */
export function chunkedRotation(input: Complex, powers: (count: number) => Complex): Tensor {
  const [batch, time, channels] = input.re.shape as [number, number, number];
  const length = chunkLength(time, longest);
  const chunks = Math.ceil(time / length);
  const lambda = powers(length);
  const lags = (x: Tensor, from: number, count: number) => tf.slice(x, [0, from], [-1, count]) as Tensor2D;
  /** x + iy -> [x -y; y x]: [channels, rows, columns] -> [channels, 2 rows, 2 columns] */
  const asReal = (x: Tensor, y: Tensor) => tf.concat([tf.concat([x, tf.neg(y)], 2), tf.concat([y, x], 2)], 1);
  const column = (x: Tensor, from: number, count: number) => tf.expandDims(lags(x, from, count), 2);

  // A transpose of two dimensions is cheap, one of five is not: [batch * chunks * 2 * length, channels] and back.
  const pieces = [input.re, input.im].map((x) =>
    tf.reshape(
      tf.pad(x, [
        [0, 0],
        [0, chunks * length - time],
        [0, 0],
      ]),
      [batch, chunks, length, channels],
    ),
  );
  const u = tf.reshape(tf.transpose(tf.reshape(tf.stack(pieces, 2), [-1, channels])), [
    channels,
    batch * chunks,
    2 * length,
  ]);
  const filter = asReal(toeplitz(lags(lambda.re, 0, length)), toeplitz(lags(lambda.im, 0, length)));
  let states: Tensor = tf.matMul(u, filter, false, true);

  if (chunks > 1) {
    const last = tf.slice(
      tf.reshape(states, [channels * batch, chunks, 2, length]),
      [0, 0, 0, length - 1],
      [-1, -1, -1, 1],
    );
    const written = tf.reshape(tf.transpose(tf.reshape(last, [channels * batch, chunks, 2]), [1, 0, 2]), [
      chunks,
      channels,
      batch,
      2,
    ]);
    const turn = asReal(column(lambda.re, length, 1), column(lambda.im, length, 1)); // [channels, 2, 2]
    const before = statesBefore(written, (state) => tf.matMul(state, turn, false, true));
    const inRows = tf.transpose(tf.reshape(before, [chunks, channels * batch, 2]), [1, 0, 2]);
    const reach = asReal(column(lambda.re, 1, length), column(lambda.im, 1, length)); // [channels, 2 length, 2]
    states = tf.add(states, tf.matMul(tf.reshape(inRows, [channels, batch * chunks, 2]), reach, false, true));
  }
  const [re, im] = tf.unstack(
    tf.reshape(tf.transpose(tf.reshape(states, [channels, -1])), [batch, chunks, 2, length, channels]),
    2,
  );
  const joined = tf.concat([re!, im!], 3); // [batch, chunks, length, 2 channels]
  return tf.slice(tf.reshape(joined, [batch, chunks * length, 2 * channels]), [0, 0, 0], [-1, time, -1]);
}
