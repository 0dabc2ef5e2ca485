import * as tf from '@tensorflow/tfjs-core';
import { bestCount, compileInMicroBatches, typicalBytes } from '../../../src/engine/onnx/micro-batches';
import type { Graph } from '../../../src/engine/ir/graph';
import { wholeProgram } from '../../../src/engine/accumulation';
import { expectSameResults, graphOf } from '../support/graphs';

const wide = (x: tf.Tensor) => tf.tanh(tf.exp(tf.sin(x)));
/** 2 MiB at every step. */
const large = [256, 2048];

it('finds the size that half of the writing is done in', () => {
  const graph = graphOf((x, y) => [wide(x!), wide(y!)], [4, 4], [2, 2]);
  expect(typicalBytes(graph)).toBe(64);
  const unrolled = graphOf(
    (x) => {
      const steps = Array.from({ length: 8 }, (_, step) => tf.cos(tf.sin(tf.tanh(tf.add(x!, step)))));
      return [tf.concat(steps, 0)];
    },
    [2, 2],
  );
  expect(typicalBytes(unrolled)).toBe(16);
});

it('cuts what does not fit the cache, and less where threads share it', () => {
  const graph = graphOf((x) => [wide(x!)], large);
  expect([1, 2, 4, 8].map((threads) => bestCount(graph, threads))).toEqual([4, 2, 1, 1]);
  expect(
    bestCount(
      graphOf((x) => [wide(x!)], [64, 64]),
      1,
    ),
  ).toBe(1);
});

it('compiles micro-batches where a program accumulates over its batch', async () => {
  const part = (...[x]: tf.Tensor[]) => [tf.sum(wide(x!), 0)];
  const finish = (...[, sum]: tf.Tensor[]) => [tf.div(sum!, large[0]!)];
  const accumulation = { batched: [0], part, finish };
  const signature = [{ shape: large, dtype: 'float32' as const }];
  const compiled = (options: object) =>
    compileInMicroBatches(wholeProgram(accumulation), signature, { label: 'wide', ...options }, 1);
  const tangents = (graph: Graph) => graph.nodes.filter(({ operator }) => operator === 'Tanh');
  expect(tangents(compiled({}))).toHaveLength(1);
  const graph = compiled({ accumulation });
  expect(tangents(graph)).toHaveLength(4);
  await expectSameResults(graph, compiled({}));
});
