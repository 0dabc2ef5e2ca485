import * as tf from '@tensorflow/tfjs-core';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { mergeSumsOfProducts } from '../../../src/engine/passes/sums-of-products';
import { count, expectSameResults, graphOf } from '../support/graphs';

/** Gradient of a recurrence with respect to its weight; the state starts as an input. */
const recurrence = (steps: number) => (weight?: tf.Tensor, start?: tf.Tensor) => {
  const loss = (w: tf.Tensor) => {
    let state = start!;
    for (let step = 0; step < steps; step++) state = tf.tanh(tf.matMul(state, w));
    return tf.sum(state) as tf.Scalar;
  };
  return [tf.grad(loss)(weight!)];
};

it('computes the gradient of a recurrent weight with one product over the sequence', async () => {
  const original = graphOf(recurrence(6), [3, 3], [2, 3]);
  const graph = mergeSumsOfProducts(original);
  const weightGradients = (of: typeof graph) => of.nodes.filter(({ attributes }) => attributes.transA === 1);
  expect(weightGradients(original)).toHaveLength(6);
  expect(weightGradients(graph)).toHaveLength(1);
  expect(weightGradients(graph)[0]!.inputs.map((input) => input!.shape)).toEqual([
    [12, 3],
    [12, 3],
  ]);
  expect(count(graph, 'Add')).toBe(0);
  await expectSameResults(graph, original);
});

it('keeps other terms of the sum', async () => {
  const original = graphOf(
    (w, x) => {
      const products = [1, 2, 3].map((factor) => tf.matMul(tf.sin(tf.mul(x!, factor)), tf.cos(x!), true, false));
      return [tf.add(tf.add(tf.add(products[0]!, w!), products[1]!), products[2]!)];
    },
    [3, 3],
    [2, 3],
  );
  const graph = mergeSumsOfProducts(original);
  expect([count(graph, 'FusedMatMul'), count(graph, 'Add')]).toEqual([1, 1]);
  await expectSameResults(graph, original);
});

it('keeps products that are used elsewhere and sums of few', async () => {
  const original = graphOf(
    (w, x) => {
      const product = (factor: number) => tf.matMul(tf.sin(tf.mul(x!, factor)), x!, true, false);
      const shared = product(3);
      return [tf.add(product(1), product(2)), tf.add(tf.add(shared, product(4)), product(5)), tf.mul(shared, w!)];
    },
    [3, 3],
    [2, 3],
  );
  expect(count(mergeSumsOfProducts(original), 'FusedMatMul')).toBe(count(original, 'FusedMatMul'));
  await expectSameResults(mergeSumsOfProducts(original), original);
});

it('makes a long recurrence smaller by two nodes a step', async () => {
  const [short, long] = [20, 40].map(
    (steps) => optimise(onnxPasses, graphOf(recurrence(steps), [3, 3], [2, 3])).nodes.length,
  );
  const [shortBefore, longBefore] = [20, 40].map((steps) => graphOf(recurrence(steps), [3, 3], [2, 3]).nodes.length);
  expect((longBefore! - shortBefore! - (long! - short!)) / 20).toBeGreaterThanOrEqual(2);
});
