import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { attentionWeights, type AttentionSite } from './attention-hook';

/** [batch, (time,) heads * headWidth] -> [batch, (time,) heads, headWidth] */
export const toHeads = (x: Tensor, heads: number): Tensor =>
  tf.reshape(x, [...x.shape.slice(0, -1), heads, x.shape.at(-1)! / heads]);

/** [batch, (time,) heads, headWidth] -> [batch, (time,) heads * headWidth], of the rank of `like` */
export const fromHeads = (x: Tensor, like: Tensor): Tensor => tf.reshape(x, [...like.shape.slice(0, -1), -1]);

/** [batch, time, heads, headWidth] <-> [batch, heads, time, headWidth] */
export const timeInside = (x: Tensor): Tensor => tf.transpose(x, [0, 2, 1, 3]);

/** a b^T: [..., m], [..., n] -> [..., m, n] */
export const outer = (a: Tensor, b: Tensor): Tensor => tf.mul(tf.expandDims(a, -1), tf.expandDims(b, -2));

/** M x: [..., m, n], [..., n] -> [..., m] */
export const matVec = (matrix: Tensor, x: Tensor): Tensor => tf.squeeze(tf.matMul(matrix, tf.expandDims(x, -1)), [-1]);

/** x M: [..., m], [..., m, n] -> [..., n] */
export const vecMat = (x: Tensor, matrix: Tensor): Tensor => tf.squeeze(tf.matMul(tf.expandDims(x, -2), matrix), [-2]);

/** 1 where a query may see a key (s <= t), else 0: [time, time] */
export function causalMask(time: number): Tensor {
  const index = tf.tensor1d(
    Int32Array.from({ length: time }, (_, t) => t),
    'int32',
  );
  const sees = tf.greaterEqual(tf.reshape(index, [time, 1]), tf.reshape(index, [1, time]));
  return tf.cast(sees, 'float32');
}

/** Scores [batch, heads, queries, slots] of the slots whose values [batch, heads, slots, headWidth] are to be averaged. */
export interface ScoredValues {
  readonly score: Tensor;
  readonly value: Tensor;
}

/**
 * The mean of all values, weighted by one softmax over the scores of all blocks: [batch, heads, queries, headWidth]. `site` is
 * what hooks are told of that attention.
 */
export function softmaxMean(blocks: readonly ScoredValues[], site?: AttentionSite): Tensor {
  // TensorFlow.js has no gradient for a split into a single part.
  const [first] = blocks;
  if (blocks.length === 1) return tf.matMul(attentionWeights(tf.softmax(first!.score), site), first!.value);
  const scores = tf.concat(
    blocks.map(({ score }) => score),
    3,
  );
  const weights = attentionWeights(tf.softmax(scores), site);
  const parts = tf.split(
    weights,
    blocks.map(({ score }) => score.shape[3]!),
    3,
  );
  return tf.addN(blocks.map(({ value }, i) => tf.matMul(parts[i]!, value)));
}
