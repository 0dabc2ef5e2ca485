import * as tf from '@tensorflow/tfjs-core';
import { simplify } from '../../../src/engine/passes/simplify';
import { removeZeros } from '../../../src/engine/passes/zeros';
import { count, expectSameResults, graphOf } from '../support/graphs';

const simplified = (graph: ReturnType<typeof graphOf>) => simplify(removeZeros(graph));

it('leaves nothing of the first step of a recurrence but its input', async () => {
  const original = graphOf(
    (x, w) => [tf.add(tf.matMul(tf.zeros([2, 3]), w!), tf.mul(tf.zeros([2, 3]), x!)), x!],
    [2, 3],
    [3, 3],
  );
  expect(simplified(original).nodes).toHaveLength(0);
  await expectSameResults(simplified(original), original);
});

it('keeps sums with zero and other constants', async () => {
  const original = graphOf((x) => [tf.maximum(x!, 0), tf.mul(x!, 2)], [2, 3]);
  expect([count(simplified(original), 'Max'), count(simplified(original), 'Mul')]).toEqual([count(original, 'Max'), 1]);
  await expectSameResults(simplified(original), original);
});
