import * as tf from '@tensorflow/tfjs-core';
import { orderFactors } from '../../../../src/engine/onnx/passes/weight-gradients';
import { expectSameResults, graphOf, operatorsOf } from '../../support/graphs';

const product = (transposeA: boolean) => (x: tf.Tensor, y: tf.Tensor) => [tf.matMul(x, y, transposeA)];

it('takes the wider of two long factors first', async () => {
  const original = graphOf(product(true) as never, [40, 3], [40, 5]);
  const graph = orderFactors(original);
  expect(operatorsOf(graph)).toEqual(['FusedMatMul', 'Transpose']);
  expect(graph.nodes[0]!.outputs[0]!.shape).toEqual([5, 3]);
  await expectSameResults(graph, original);
});

it.each([
  ['the wider is first already', true, [40, 5], [40, 3]],
  ['the sum is short', true, [12, 3], [12, 5]],
  ['nothing is transposed', false, [3, 40], [40, 5]],
  ['there is a batch', true, [2, 40, 3], [2, 40, 5]],
] as const)('changes nothing where %s', (_name, transposeA, a, b) => {
  const original = graphOf(product(transposeA) as never, a, b);
  expect(operatorsOf(orderFactors(original))).toEqual(operatorsOf(original));
});
