import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { each, shapeOf } from './tensors';

/**
 * Linear recurrences in their chunkwise parallel form (Yang et al. 2024, "Gated Linear Attention Transformers", section
 * 2.2): matrix products within a chunk of tokens, and a state only from chunk to chunk. Sequences are kept as
 * [chunks, batch, heads, length, width], so that a chunk is contiguous. Work and memory grow linearly with time.
 */

/**
 * A decay below e^-20 leaves less than rounding takes. The log of a decay is held above this, because a stronger one would
 * only cost the running sums of logs their precision.
 */
export const strongestDecay = -20;

/** Length of chunks that are as equal as they can be and not longer than `longest`: 40 tokens are 3 chunks of 14. */
export const chunkLength = (time: number, longest: number): number => Math.ceil(time / Math.ceil(time / longest));

/** [batch, time, heads, width] -> [chunks, batch, heads, length, width], the last chunk padded with zeros */
export function toChunks(x: Tensor, length: number): Tensor {
  const [batch, time, heads, width] = shapeOf(x);
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
export const allToChunks = <T extends readonly Tensor[] | [Tensor]>(list: T, length: number) =>
  each(list, (x) => toChunks(x, length));

/** The inverse of `toChunks`: [chunks, batch, heads, length, width] -> [batch, time, heads, width] */
export function fromChunks(x: Tensor, time: number): Tensor {
  const [chunks, batch, heads, length, width] = shapeOf(x);
  const whole = tf.reshape(tf.transpose(x, [1, 0, 3, 2, 4]), [batch, chunks * length, heads, width]);
  return chunks * length === time ? whole : tf.slice(whole, [0, 0, 0, 0], [-1, time, -1, -1]);
}

/** The state before every chunk: S = 0 at first, then S := keep(S, chunk) + W_chunk. written W [chunks, ...state] -> the same */
export function statesBefore(written: Tensor, keep: (state: Tensor, chunk: number) => Tensor): Tensor {
  const [first, ...rest] = tf.unstack(written).slice(0, -1); // nothing reads what the last chunk writes
  const states: Tensor[] = first ? [tf.zerosLike(first), first] : [tf.zeros(written.shape.slice(1))];
  rest.forEach((x, i) => states.push(tf.add(keep(states.at(-1)!, i + 1), x)));
  return tf.stack(states);
}

/** 1 where `holds(i, j)` for row i and column j, else 0: [rows, columns] */
export function pattern(rows: number, columns: number, holds: (i: number, j: number) => boolean): Tensor {
  const entries = Float32Array.from({ length: rows * columns }, (_, at) =>
    Number(holds(Math.floor(at / columns), at % columns)),
  );
  return tf.tensor2d(entries, [rows, columns]);
}
