import * as tf from '@tensorflow/tfjs';
import { eliminateCommonSubexpressions } from '../../../src/engine/passes/common-subexpressions';
import { eliminateDeadCode } from '../../../src/engine/passes/dead-code';
import { count, expectSameResults, graphOf } from '../support/graphs';

const merged = (graph: ReturnType<typeof graphOf>) => eliminateDeadCode(eliminateCommonSubexpressions(graph));

it('computes equal things once, whichever way round', async () => {
  const original = graphOf((x, y) => [tf.mul(tf.tanh(x!), y!), tf.mul(y!, tf.tanh(x!))], [2, 3], [3]);
  const graph = merged(original);
  expect(count(original, 'Tanh')).toBe(2);
  expect(count(graph, 'Tanh')).toBe(1);
  expect(count(graph, 'Mul')).toBe(1);
  await expectSameResults(graph, original);
});

it('keeps apart what differs in order, attributes or constants', async () => {
  const original = graphOf(
    (x, y) => [
      tf.sub(x!, y!),
      tf.sub(y!, x!),
      tf.matMul(x!, y!),
      tf.matMul(x!, y!, true, false),
      tf.matMul(x!, y!, false, true),
      tf.sum(x!, 0),
      tf.sum(x!, 1),
      tf.slice(x!, [0, 0], [1, 2]),
      tf.slice(x!, [1, 0], [1, 2]),
    ],
    [2, 2],
    [2, 2],
  );
  const graph = merged(original);
  expect(graph.nodes).toHaveLength(original.nodes.length);
  await expectSameResults(graph, original);
});

it('merges nodes with several outputs', async () => {
  const original = graphOf((x) => [...tf.split(x!, 2), ...tf.split(x!, 2)].map((part) => tf.exp(part)), [4]);
  const graph = merged(original);
  expect([count(graph, 'Split'), count(graph, 'Exp')]).toEqual([1, 2]);
  await expectSameResults(graph, original);
});
