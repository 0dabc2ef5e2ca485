import * as tf from '@tensorflow/tfjs-core';
import { foldConstants } from '../../../src/engine/passes/constant-folding';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

it('computes with constants of one number, and keeps the result one number', async () => {
  const original = graphOf(
    (x) => {
      const constant = tf.reshape(tf.div(tf.mul(tf.ones([20, 30]), 6), tf.add(tf.zeros([30]), 2)), [600]); // 3
      return [
        tf.add(x!, constant),
        tf.sum(tf.transpose(tf.neg(tf.fill([2, 5], 4)))),
        tf.sqrt(tf.concat([tf.ones([2]), tf.ones([3])])),
      ];
    },
    [600],
  );
  const graph = foldConstants(original);
  expect(operatorsOf(graph)).toEqual(['Add']);
  expect(graph.outputs.slice(1).map(({ source }) => source)).toEqual([
    { kind: 'constant', content: { fill: -40 } },
    { kind: 'constant', content: { fill: 1 } },
  ]);
  await expectSameResults(graph, original);
});

it('shrinks a constant to a scalar where broadcasting does the rest', async () => {
  const original = graphOf((x) => [tf.mul(x!, tf.fill([2, 3], 0.5)), tf.add(x!, tf.fill([4, 2, 3], 2))], [2, 3]);
  const graph = foldConstants(original);
  expect(graph.nodes.map(({ inputs }) => inputs[1]!.shape)).toEqual([[], [4, 2, 3]]);
  await expectSameResults(graph, original);
});

it('leaves what would divide by zero, and what mixes numbers, to the engine', async () => {
  const original = graphOf(
    (x) => [tf.div(tf.ones([2]), tf.zeros([2])), tf.concat([tf.ones([1]), tf.zeros([1])]), x!],
    [1],
  );
  expect(operatorsOf(foldConstants(original))).toEqual(['Div', 'Concat']);
  await expectSameResults(foldConstants(original), original);
});

it('rounds to the type of the result', async () => {
  const original = graphOf(
    (x) => [tf.cast(tf.fill([3], 2.7), 'int32'), tf.cast(tf.fill([3], 5), 'bool'), tf.fill([2], 0.1), x!],
    [1],
  );
  const graph = foldConstants(original);
  expect(graph.outputs.slice(0, 3).map(({ source }) => (source as { content: object }).content)).toEqual([
    { fill: 2 },
    { fill: 1 },
    { fill: Math.fround(0.1) },
  ]);
  await expectSameResults(graph, original);
});

it('computes integers exactly as the engine does', async () => {
  const seven = () => tf.fill([2], 7, 'int32');
  const original = graphOf((x) => [tf.floorDiv(seven(), tf.fill([2], -2, 'int32')), tf.mul(seven(), seven()), x!], [1]);
  await expectSameResults(foldConstants(original), original);
});
