import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { layOutOperands } from '../../../../src/engine/onnx/passes/operand-layouts';
import { simplify } from '../../../../src/engine/passes/simplify';
import { expectSameResults, graphOf } from '../../support/graphs';

type Program = Parameters<typeof graphOf>[0];
const laidOut = (graph: ReturnType<typeof graphOf>) => layOutOperands(simplify(graph));

const [batch, time, heads, headWidth] = [2, 7, 3, 2];
const inHeads = (x: tf.Tensor) => tf.transpose(x, [0, 2, 1, 3]);
const attention: Program = (query, key, value) => {
  const weight = tf.softmax(tf.mul(tf.matMul(inHeads(query!), inHeads(key!), false, true), 0.5));
  return [inHeads(tf.matMul(weight, inHeads(value!)))];
};
const shape = [batch, time, heads, headWidth];

it('never transposes the weights of attention, nor moves keys and values the slow way', async () => {
  const program: Program = (...inputs) =>
    tf.grads((query, key, value, d) => tf.mul(attention(query!, key!, value!)[0]!, d!))(inputs);
  const original = graphOf(program, shape, shape, shape, shape);
  const graph = laidOut(original);
  const products = graph.nodes.filter(({ operator }) => operator.endsWith('MatMul'));
  expect(products.filter(({ attributes }) => attributes.transA === 1)).toEqual([]);
  const slow = (some: typeof graph) =>
    some.nodes.filter(({ operator, attributes }) => operator === 'Transpose' && String(attributes.perm) === '0,2,1,3');
  expect([slow(simplify(original)).length, slow(graph).length]).toEqual([8, 4]); // query, its gradient, result and its gradient
  await expectSameResults(graph, original);
});

it('leaves results as they are, whatever is transposed', async () => {
  const flags = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      flags,
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      async ([transposeA, transposeB, moveA, moveB], permutation) => {
        const program: Program = (x, y) => {
          const [a, b] = [moveA ? tf.transpose(x!, permutation) : x!, moveB ? tf.transpose(y!, permutation) : y!];
          return [tf.transpose(tf.mul(tf.matMul(a, b, transposeA, transposeB), 0.5), [1, 0, 2])];
        };
        const original = graphOf(program, [3, 3, 3], [3, 3, 3]);
        await expectSameResults(laidOut(original), original);
      },
    ),
    { numRuns: 40, seed: 2 },
  );
});

it('does not touch matrices, nor products whose transposed factor is the smaller', async () => {
  const original = graphOf(
    (x, y, z) => [tf.matMul(x!, y!, true), tf.matMul(z!, tf.concat([z!, z!], 2), true)],
    [5, 4],
    [5, 3],
    [2, 5, 4],
  );
  expect(laidOut(original).nodes.map(({ operator }) => operator)).toEqual(
    simplify(original).nodes.map(({ operator }) => operator),
  );
  await expectSameResults(laidOut(original), original);
});
