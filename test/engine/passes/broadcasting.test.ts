import * as tf from '@tensorflow/tfjs-core';
import type { Graph } from '../../../src/engine/ir/graph';
import { delayBroadcasting } from '../../../src/engine/passes/broadcasting';
import { removeIdentities } from '../../../src/engine/passes/identities';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

const delayed = (graph: Graph) => removeIdentities(delayBroadcasting(graph));

it('leaves broadcasting to the operator that takes the expanded value', async () => {
  const original = graphOf(
    (x, y) => [tf.add(x!, tf.mul(y!, tf.ones([3, 4]))), tf.sub(tf.tile(y!, [3, 1]), x!)],
    [3, 4],
    [1, 4],
  );
  const graph = delayed(original);
  expect(operatorsOf(graph)).toEqual(['Add', 'Sub']);
  await expectSameResults(graph, original);
});

it('expands after elementwise operators, not before', async () => {
  const original = graphOf((x) => [tf.sigmoid(tf.div(tf.mul(x!, tf.ones([5, 4])), 2))], [4]);
  const graph = delayed(original);
  expect(graph.nodes.map(({ operator, outputs }) => [operator, outputs[0]!.shape])).toEqual([
    ['Div', [4]],
    ['Sigmoid', [4]],
    ['Expand', [5, 4]],
  ]);
  await expectSameResults(graph, original);
});

it('reduces before expanding', async () => {
  const original = graphOf(
    (x) => {
      const expanded = tf.mul(x!, tf.ones([5, 3, 4])); // from [3, 1]
      return [
        tf.sum(expanded, 0),
        tf.sum(expanded),
        tf.mean(expanded, [0, 2]),
        tf.max(expanded, 2),
        tf.sum(expanded, 1),
      ];
    },
    [3, 1],
  );
  const graph = delayed(original);
  const largest = Math.max(
    ...graph.nodes.flatMap(({ operator, outputs }) =>
      operator === 'Expand' ? [] : outputs.map(({ shape }) => shape.length),
    ),
  );
  expect(largest).toBeLessThanOrEqual(3);
  for (const { operator, inputs } of graph.nodes) {
    if (operator.startsWith('Reduce'))
      expect(inputs[0]!.shape.reduce((size, extent) => size * extent, 1)).toBeLessThan(60);
  }
  await expectSameResults(graph, original);
});

it('keeps what really repeats elements', async () => {
  const original = graphOf((x) => [tf.tile(x!, [2]), tf.exp(tf.mul(x!, tf.ones([2, 3])))], [3]);
  expect(operatorsOf(delayed(original))).toEqual(['Tile', 'Exp', 'Expand']);
  await expectSameResults(delayed(original), original);
});
