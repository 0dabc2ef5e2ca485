import * as tf from '@tensorflow/tfjs-core';
import { schedule } from '../../../../src/engine/onnx/passes/schedule';
import { expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

it('follows one chain of nodes to its end before the next', async () => {
  const original = graphOf(
    (x, y) => {
      const [sine, exponential] = [tf.sin(x!), tf.exp(y!)];
      const [cosine, logarithm] = [tf.cos(sine), tf.log(exponential)];
      return [tf.abs(cosine), tf.sqrt(tf.relu(logarithm))];
    },
    [2],
    [2],
  );
  expect(operatorsOf(original)).toEqual(['Sin', 'Exp', 'Cos', 'Log', 'Abs', 'Relu', 'Sqrt']);
  expect(operatorsOf(schedule(original))).toEqual(['Sin', 'Cos', 'Abs', 'Exp', 'Log', 'Relu', 'Sqrt']);
  await expectSameResults(schedule(original), original);
});

it('runs no node before those it depends on', async () => {
  const original = graphOf(
    (x) => {
      const loss = (y: tf.Tensor) =>
        tf.sum(Array.from({ length: 20 }).reduce<tf.Tensor>((z) => tf.sigmoid(tf.mul(z, z)), y));
      return [tf.grad(loss)(x!)];
    },
    [4],
  );
  const { nodes } = schedule(original);
  expect(nodes).toHaveLength(original.nodes.length);
  nodes.forEach((node, at) => {
    for (const input of node.inputs) {
      if (input?.source.kind === 'node') expect(nodes.indexOf(input.source.node)).toBeLessThan(at);
    }
  });
  await expectSameResults(schedule(original), original);
});
