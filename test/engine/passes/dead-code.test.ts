import * as tf from '@tensorflow/tfjs';
import { eliminateDeadCode } from '../../../src/engine/passes/dead-code';
import { expectSameResults, graphOf, operatorsOf } from '../support/graphs';

it('leaves out what no output depends on', async () => {
  const original = graphOf(
    (x) => {
      tf.exp(tf.tanh(x!));
      const [first] = tf.split(x!, 2) as [tf.Tensor];
      return [tf.sin(first)];
    },
    [4],
  );
  const graph = eliminateDeadCode(original);
  expect(operatorsOf(original)).toEqual(['Tanh', 'Exp', 'Split', 'Sin']);
  expect(operatorsOf(graph)).toEqual(['Split', 'Sin']);
  await expectSameResults(graph, original);
});

it('keeps inputs that nothing uses, since they are part of the signature', async () => {
  const original = graphOf((_x, y) => [tf.cos(y!)], [2], [3]);
  expect(eliminateDeadCode(original).inputs).toHaveLength(2);
  await expectSameResults(eliminateDeadCode(original), original);
});
