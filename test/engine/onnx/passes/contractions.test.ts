import * as tf from '@tensorflow/tfjs-core';
import { contractProducts } from '../../../../src/engine/onnx/passes/contractions';
import { count, expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

type Program = Parameters<typeof graphOf>[0];

const products: readonly (readonly [string, Program, number[]])[] = [
  ['a row along the last dimension', (x, y) => [tf.sum(tf.mul(x!, y!), -1)], [2, 1, 4]],
  ['a row, the other way round, keeping dimensions', (x, y) => [tf.sum(tf.mul(y!, x!), 2, true)], [2, 1, 4]],
  ['a row without batch', (x, y) => [tf.sum(tf.mul(x!, y!), -1)], [4]],
  ['a column along the dimension before', (x, y) => [tf.sum(tf.mul(x!, y!), 1)], [2, 3, 1]],
  ['a column shared by the batch', (x, y) => [tf.sum(tf.mul(x!, y!), -2, true)], [1, 3, 1]],
];

it.each(products)('multiplies a matrix with %s', async (_name, program, shape) => {
  const original = graphOf(program, [2, 3, 4], shape);
  const graph = contractProducts(original);
  expect([count(graph, 'Mul'), count(graph, 'ReduceSum')]).toEqual([0, 0]);
  await expectSameResults(graph, original);
});

it.each<[string, Program, number[]]>([
  ['elementwise products', (x, y) => [tf.sum(tf.mul(x!, y!), -1)], [2, 3, 4]],
  [
    'products used elsewhere',
    (x, y) => {
      const product = tf.mul(x!, y!);
      return [product, tf.sum(product, -1)];
    },
    [2, 1, 4],
  ],
  [
    'sums over several dimensions, or the batch',
    (x, y) => [tf.sum(tf.mul(x!, y!), [1, 2]), tf.sum(tf.mul(y!, tf.sin(x!)), 0)],
    [2, 1, 4],
  ],
  ['sums along what is repeated', (x, y) => [tf.sum(tf.mul(x!, y!), 1)], [2, 1, 4]],
  ['means and maxima', (x, y) => [tf.max(tf.mul(x!, y!), -1)], [2, 1, 4]],
])('keeps %s', async (_name, program, shape) => {
  const original = graphOf(program, [2, 3, 4], shape);
  expect(operatorsOf(contractProducts(original))).toEqual(operatorsOf(original));
  await expectSameResults(contractProducts(original), original);
});
