import * as tf from '@tensorflow/tfjs-core';
import { addWithinProducts } from '../../../../src/engine/onnx/passes/biased-products';
import { expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

type Program = Parameters<typeof graphOf>[0];

it.each<[string, number[]]>([
  ['a row', [4]],
  ['a column', [2, 1]],
  ['a matrix', [2, 4]],
  ['one number', []],
])('adds %s within the product', async (_name, shape) => {
  for (const transpose of [false, true]) {
    const original = graphOf(
      (x, y, c) => [tf.add(tf.matMul(x!, y!, false, transpose), c!)],
      [2, 3],
      transpose ? [4, 3] : [3, 4],
      shape,
    );
    expect(operatorsOf(addWithinProducts(original))).toEqual(['Gemm']);
    await expectSameResults(addWithinProducts(original), original);
  }
});

it('takes one of two products', async () => {
  const original = graphOf((x, y) => [tf.add(tf.matMul(x!, y!), tf.matMul(y!, x!))], [3, 3], [3, 3]);
  expect(operatorsOf(addWithinProducts(original))).toEqual(['MatMul', 'Gemm']);
  await expectSameResults(addWithinProducts(original), original);
});

it.each<[string, Program]>([
  [
    'products used elsewhere',
    (x, y) => {
      const product = tf.matMul(x!, y!);
      return [product, tf.add(product, 1)];
    },
  ],
  ['sums that broadcast the product', (x, y) => [tf.add(tf.matMul(tf.slice(x!, [0, 0], [1, 3]), y!), x!)]],
  [
    'large results',
    (x, y) => [
      tf.add(tf.matMul(tf.tile(x!, [1024, 1]), tf.tile(y!, [1, 256])), tf.slice(tf.tile(y!, [1, 256]), [0], [1])),
    ],
  ],
  ['batches', (x, y) => [tf.add(tf.matMul(tf.reshape(x!, [1, 3, 3]), tf.reshape(y!, [1, 3, 3])), x!)]],
])('keeps %s', async (_name, program) => {
  const original = graphOf(program, [3, 3], [3, 3]);
  expect(operatorsOf(addWithinProducts(original))).toEqual(operatorsOf(original));
  await expectSameResults(addWithinProducts(original), original);
});
