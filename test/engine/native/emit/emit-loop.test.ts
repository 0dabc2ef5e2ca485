import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../../../src/core/random';
import type { Engine, Program } from '../../../../src/core/contracts/engine';
import { selectEngine } from '../../../support/engine-choice';
import { evaluate, expectClose, type HostTensor } from '../../support/engines';
import { describeNative, openNative } from '../../support/native';

type Formula = (x: tf.Tensor) => tf.Tensor;

/** Loops of every form: whole vectors, parts of them, and strides, in each place where elements are read and written. */
const formulas: Readonly<Record<string, Formula>> = {
  'elements in a row': (x) => tf.mul(tf.tanh(x), 2),
  'a transposed load': (x) => tf.add(tf.transpose(x), 1),
  'a transposed store': (x) => tf.concat([tf.transpose(tf.tanh(x)), tf.transpose(tf.sin(x))]),
  'every other element': (x) => tf.neg(tf.stridedSlice(x, [0, 1], x.shape as number[], [1, 2])),
  'a transpose and nothing else': (x) => tf.transpose(x),
  'columns of integers, one by one': (x) => tf.concat(tf.unstack(tf.cast(tf.mul(x, 10), 'int32'), 1)),
  backwards: (x) => tf.sin(tf.reverse(x)),
  'a broadcast row and column': (x) => tf.sub(tf.add(x, tf.slice(x, [0, 0], [1, -1])), tf.slice(x, [0, 1], [-1, 1])),
  'sums of rows': (x) => tf.sum(tf.square(x), 1),
  'sums of columns': (x) => tf.sum(tf.square(x), 0),
  'sums of columns of the transpose': (x) => tf.sum(tf.tanh(tf.transpose(x)), 0),
  'a mean of everything': (x) => tf.mean(tf.tanh(x)),
  'means of columns': (x) => tf.mean(tf.exp(x), 0),
  'extremes of rows and columns': (x) => tf.concat([tf.max(x, 1), tf.min(x, 1), tf.max(x, 0), tf.min(x, 0)]),
  'extremes of negative numbers': (x) =>
    tf.concat(
      [tf.max(tf.neg(tf.exp(x)), 1), tf.max(tf.neg(tf.exp(x)), 0), tf.min(tf.exp(x))].map((part) =>
        tf.reshape(part, [-1]),
      ),
    ),
  'products of columns': (x) => tf.prod(tf.add(tf.mul(x, 0.1), 1), 0),
  integers: (x) => tf.concat([tf.sum(tf.cast(tf.mul(x, 10), 'int32'), 1), tf.max(tf.cast(tf.mul(x, -10), 'int32'), 0)]),
  'booleans, written one by one': (x) => tf.concat([tf.transpose(tf.greater(x, 0)), tf.transpose(tf.less(x, 0.5))]),
  'booleans of rows': (x) => tf.concat([tf.any(tf.greater(x, 1), 1), tf.all(tf.less(x, 1), 0)]),
  'a choice by booleans from memory': (x) => tf.where(tf.transpose(tf.transpose(tf.greater(x, 0))), x, tf.zerosLike(x)),
  'three passes through rows': (x) => tf.softmax(x),
  'rows of a repeated middle': (x) => tf.softmax(tf.add(tf.expandDims(x, 1), tf.tensor([[0.5], [-1]]))),
  'the log of a softmax': (x) => tf.logSoftmax(x),
  'sums kept, then used for each element': (x) => tf.div(x, tf.add(tf.sum(tf.abs(x), 0, true), 1)),
  'one number everywhere': (x) => tf.add(x, tf.mean(x)),
};

const shapes = [
  [1, 2],
  [3, 4],
  [5, 16],
  [4, 17],
  [2, 33],
  [7, 100],
  [40, 3],
  [33, 2],
];

describeNative('loops in C', () => {
  let native: Engine;
  let cpu: Engine;
  beforeAll(async () => {
    [native, cpu] = [await openNative(), await selectEngine('cpu', { threads: 1 })];
  });

  it.each(Object.keys(formulas))('%s', async (name) => {
    const rng = createRng(3);
    const inputs = shapes.map((shape): HostTensor => ({
      shape,
      dtype: 'float32',
      data: Float32Array.from({ length: shape[0]! * shape[1]! }, () => rng.normal()),
    }));
    const program: Program = (...tensors) => tensors.map(formulas[name]!);
    expectClose(await evaluate(native, program, inputs), await evaluate(cpu, program, inputs), 1e-5);
  });

  it('lets NaN through sums and extremes', async () => {
    const data = Float32Array.from({ length: 40 }, (_, i) => (i % 20 === 18 ? NaN : i - 30));
    const program: Program = (x) => [tf.sum(x!, 1), tf.max(x!, 1), tf.min(x!, 1), tf.max(x!, 0), tf.softmax(x!)];
    const inputs = [{ shape: [2, 20], dtype: 'float32' as const, data }];
    const [sum, most, least, columns, softmax] = await evaluate(native, program, inputs);
    for (const { data: rows } of [sum!, most!, least!]) expect([...rows]).toEqual([NaN, NaN]);
    expect([...columns!.data].map(Number.isNaN)).toEqual(Array.from({ length: 20 }, (_, i) => i === 18));
    expect(softmax!.data.every(Number.isNaN)).toBe(true);
  });
});
