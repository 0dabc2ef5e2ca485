import * as tf from '@tensorflow/tfjs-core';
import { inStandardOperators } from '../../../src/engine/onnx/standard';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { count, expectSameResults, graphOf } from '../support/graphs';

it('writes products that transpose or scale their factors in standard operators, with the same results', async () => {
  const original = graphOf(
    (a, b) => [
      tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, true, true),
      tf.mul(tf.matMul(a!, b!, false, false), 0.25),
    ],
    [3, 3],
    [3, 3],
  );
  for (const graph of [original, optimise(onnxPasses, original)]) {
    const standard = inStandardOperators(graph);
    expect(count(standard, 'FusedMatMul')).toBe(0);
    expect(standard.nodes.every(({ domain }) => domain === '')).toBe(true);
    await expectSameResults(standard, original);
  }
  expect(count(original, 'FusedMatMul')).toBeGreaterThan(0);
});
