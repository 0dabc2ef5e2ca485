import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core';

/**
 * Linear recurrences in chunks of time: within a chunk everything at once, in matrix products, and a state only from
 * chunk to chunk (Yang et al. 2024, "Gated Linear Attention Transformers", section 2.2). Sequences are kept as
 * [chunks, batch, heads, length, width], so that a chunk lies together. Work and memory grow linearly with time.
 */

/**
 * What keeps e^-20 of itself keeps less than rounding takes from it. The log of a decay is not let below, because a
 * stronger one would only cost the running sums of logs their precision.
 */
export const strongestDecay = -20;

/** Of chunks as equal as they can be and none longer than `longest`: 40 tokens are 3 chunks of 14. */
export const chunkLength = (time: number, longest: number): number => Math.ceil(time / Math.ceil(time / longest));

/** [batch, time, heads, width] -> [chunks, batch, heads, length, width], the last chunk filled up with zeros */
export function toChunks(x: Tensor, length: number): Tensor5D {
  const [batch, time, heads, width] = x.shape as Tensor4D['shape'];
  const chunks = Math.ceil(time / length);
  const missing = chunks * length - time;
  const whole = missing
    ? tf.pad(x, [
        [0, 0],
        [0, missing],
        [0, 0],
        [0, 0],
      ])
    : x;
  return tf.transpose(tf.reshape(whole, [batch, chunks, length, heads, width]), [1, 0, 3, 2, 4]);
}

/** `toChunks` of each */
export const allToChunks = <T extends readonly Tensor[]>(list: readonly [...T], length: number) =>
  list.map((x) => toChunks(x, length)) as { [I in keyof T]: Tensor5D };

/** The inverse of `toChunks`: [chunks, batch, heads, length, width] -> [batch, time, heads, width] */
export function fromChunks(x: Tensor, time: number): Tensor {
  const [chunks, batch, heads, length, width] = x.shape as Tensor5D['shape'];
  const whole = tf.reshape(tf.transpose(x, [1, 0, 3, 2, 4]), [batch, chunks * length, heads, width]);
  return chunks * length === time ? whole : tf.slice(whole, [0, 0, 0, 0], [-1, time, -1, -1]);
}

/**
 * The states before every chunk, from S = 0 by S := keep(S, chunk) + W_chunk: written W [chunks, ...state] -> the same
 */
export function statesBefore(written: Tensor, keep: (state: Tensor, chunk: number) => Tensor): Tensor {
  const [first, ...rest] = tf.unstack(written).slice(0, -1); // what the last one writes nothing reads
  const states = first ? [tf.zerosLike(first), first] : [tf.zeros(written.shape.slice(1))];
  rest.forEach((each, i) => states.push(tf.add(keep(states.at(-1)!, i + 1), each)));
  return tf.stack(states);
}

/** 1 where something holds of row i and column j, else 0: [rows, columns] */
export function pattern(rows: number, columns: number, holds: (i: number, j: number) => boolean): Tensor2D {
  const entries = Float32Array.from({ length: rows * columns }, (_, at) =>
    Number(holds(Math.floor(at / columns), at % columns)),
  );
  return tf.tensor2d(entries, [rows, columns]);
}
