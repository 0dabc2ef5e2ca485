import * as tf from '@tensorflow/tfjs-core';
import { entriesOf, pairing } from '../../src/model/tables';

const [vocabulary, time] = [3, 4];
let tokens: tf.Tensor2D;
beforeAll(async () => {
  await tf.setBackend('cpu');
  tokens = tf.tensor2d(
    [
      [0, 2, 1, 1],
      [2, 0, 0, 2],
    ],
    [2, time],
    'int32',
  );
});

it('looks up what a table has for the token at each position', () => {
  const table = tf.tensor3d(
    Array.from({ length: vocabulary * time * 2 }, (_, i) => i),
    [vocabulary, time, 2],
  );
  const entries = entriesOf(table, tokens, vocabulary);
  expect(entries.shape).toEqual([2, time, 2]);
  const [all, found] = [table.arraySync(), entries.arraySync() as number[][][]];
  (tokens.arraySync() as number[][]).forEach((row, i) =>
    row.forEach((token, t) => expect(found[i]![t]).toEqual(all[token]![t])),
  );
});

it('looks up heads of several dimensions, and hands on what belongs to no token', () => {
  const heads = tf.randomNormal([vocabulary, time, 2, 5], 0, 1, 'float32', 1);
  expect(entriesOf(heads, tokens, vocabulary).shape).toEqual([2, time, 2, 5]);
  const decay = tf.ones([1, 1, 5]);
  expect(entriesOf(decay, tokens, vocabulary)).toBe(decay);
});

it('sums gradients over the places of a token', () => {
  const gradient = tf.grad((table: tf.Tensor) => tf.sum(entriesOf(table, tokens, vocabulary)))(
    tf.zeros([vocabulary, time, 1]),
  );
  expect(tf.reshape(gradient, [vocabulary, time]).arraySync()).toEqual([
    [1, 1, 1, 0],
    [0, 0, 1, 1],
    [1, 1, 0, 1],
  ]);
});

it('pairs tables with their gradients', () => {
  expect(pairing([tf.tensor1d([1, 2]), tf.scalar(3)], [tf.tensor1d([4, 5]), tf.scalar(6)]).arraySync()).toBe(32);
});
