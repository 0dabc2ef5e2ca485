import * as tf from '@tensorflow/tfjs-core';
import { simplify } from '../../../src/engine/passes/simplify';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

it('applies the rules of several passes in one sweep', async () => {
  // x^T (2 y) + 0, over ones
  const original = graphOf(
    (x, y) => [tf.div(tf.add(tf.matMul(tf.transpose(x!), tf.mul(y!, 2)), tf.zeros([3, 3])), tf.ones([3, 3]))],
    [3, 3],
    [3, 3],
  );
  const graph = simplify(original);
  expect(operatorsOf(graph)).toEqual(['FusedMatMul']);
  await expectSameResults(graph, original);
});
