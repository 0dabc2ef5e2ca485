import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { associateProducts } from '../../../src/engine/passes/associations';
import { flopsOf } from '../../../src/engine/ir/flops';
import { expectSameResults, graphOf } from '../support/graphs';

const product = tf.matMul as (a: tf.Tensor, b: tf.Tensor, transposeA?: boolean, transposeB?: boolean) => tf.Tensor;

it('looks a small table up instead of projecting vectors', async () => {
  const original = graphOf(
    (tokens, vectors, weights) => [product(product(tokens!, vectors!), weights!)],
    [40, 2],
    [2, 8],
    [8, 16],
  );
  const graph = associateProducts(original);
  expect(graph.nodes.map(({ outputs }) => outputs[0]!.shape)).toEqual([
    [2, 16],
    [40, 16],
  ]);
  await expectSameResults(graph, original);
});

it('takes the gradients of vectors and weights from one product', async () => {
  const gradients = tf.grads((tokens, vectors, weights) =>
    tf.sum(tf.tanh(product(product(tokens!, vectors!), weights!))),
  );
  const original = graphOf(
    (tokens, vectors, weights) => gradients([tokens!, vectors!, weights!]).slice(1),
    [40, 2],
    [2, 8],
    [8, 16],
  );
  const graph = associateProducts(original);
  expect(flopsOf(graph)).toBeLessThan(flopsOf(original) / 2);
  const overAllTokens = graph.nodes.filter(
    ({ inputs }) => inputs.some((input) => input!.shape[0] === 40) && inputs.length === 2,
  );
  expect(overAllTokens.filter(({ outputs }) => outputs[0]!.shape[0] !== 40)).toHaveLength(1);
  await expectSameResults(graph, original);
});

it('keeps the order where it is the cheaper one', async () => {
  const original = graphOf((x, a, b) => [product(product(x!, a!), b!)], [40, 8], [8, 2], [2, 8]);
  expect(associateProducts(original).nodes).toHaveLength(original.nodes.length);
  expect(flopsOf(associateProducts(original))).toBe(flopsOf(original));
});

const extent = fc.integer({ min: 1, max: 6 });

it('never changes a result nor adds work, whatever is transposed', () =>
  fc.assert(
    fc.asyncProperty(
      extent,
      extent,
      extent,
      extent,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      async (m, k, n, p, tA, tB, tC) => {
        const shape = (rows: number, columns: number, transposed: boolean) =>
          transposed ? [columns, rows] : [rows, columns];
        const left = graphOf(
          (a, b, c) => [product(product(a!, b!, tA, tB), c!, false, tC)],
          shape(m, k, tA),
          shape(k, n, tB),
          shape(n, p, tC),
        );
        const right = graphOf(
          (a, b, c) => [product(c!, product(a!, b!, tA, tB), tC)],
          shape(m, k, tA),
          shape(k, n, tB),
          shape(p, m, tC),
        );
        const summed = graphOf(
          (a, b, c) => [product(product(a!, b!, tA, tB), c!, true, tC)],
          shape(m, k, tA),
          shape(k, n, tB),
          shape(m, p, tC),
        );
        for (const original of [left, right, summed]) {
          expect(flopsOf(associateProducts(original))).toBeLessThanOrEqual(flopsOf(original));
          await expectSameResults(associateProducts(original), original);
        }
      },
    ),
    { numRuns: 30 },
  ));
