import * as tf from '@tensorflow/tfjs-core';
import { simplifyConcatenations } from '../../../src/engine/passes/concatenations';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

it('undoes a split put together again', async () => {
  const original = graphOf((x) => [tf.exp(tf.concat(tf.split(x!, 3, 1), 1))], [2, 6]);
  expect(operatorsOf(simplifyConcatenations(original))).toEqual(['Exp']);
  await expectSameResults(simplifyConcatenations(original), original);
});

it('keeps one put together in another order, on another axis, or in part', async () => {
  const original = graphOf(
    (x) => {
      const [a, b, c] = tf.split(x!, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return [tf.concat([b, a, c], 1), tf.concat([a, b, c], 0), tf.concat([a, b], 1)];
    },
    [2, 6],
  );
  expect(operatorsOf(simplifyConcatenations(original))).toEqual(['Split', 'Concat', 'Concat', 'Concat']);
  await expectSameResults(simplifyConcatenations(original), original);
});

it('stacks by one reshape instead of one for each part', async () => {
  const original = graphOf((x, y) => [tf.stack([tf.exp(x!), tf.exp(y!), x!])], [2, 3], [2, 3]);
  expect(operatorsOf(original).filter((operator) => operator === 'Reshape')).toHaveLength(3);
  expect(operatorsOf(simplifyConcatenations(original))).toEqual(['Exp', 'Exp', 'Concat', 'Reshape']);
  await expectSameResults(simplifyConcatenations(original), original);
});

it('keeps stacking of numbers and stacking behind', async () => {
  const original = graphOf((x, y) => [tf.stack([x!, y!], 1), tf.stack([tf.sum(x!), tf.sum(y!)])], [3], [3]);
  expect(operatorsOf(simplifyConcatenations(original))).toEqual(operatorsOf(original));
  await expectSameResults(simplifyConcatenations(original), original);
});
