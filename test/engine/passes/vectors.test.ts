import * as tf from '@tensorflow/tfjs-core';
import { simplify } from '../../../src/engine/passes/simplify';
import { centreWeights, moveVectorsToWeights } from '../../../src/engine/passes/vectors';
import { type Graph, sizeOf } from '../../../src/engine/ir/graph';
import { expectSameResults, graphOf } from '../support/graphs';

type Program = Parameters<typeof graphOf>[0];
const [rows, width, outputs] = [40, 4, 3];
const moved = (graph: Graph) => centreWeights(moveVectorsToWeights(simplify(graph)));

/** Operators that go through every row. */
const longOnes = (graph: Graph) =>
  graph.nodes
    .filter(
      (node) => node.operator !== 'Reshape' && node.inputs.some((input) => sizeOf(input!.shape) >= rows * outputs),
    )
    .map(({ operator }) => operator);

const onRows = (x: tf.Tensor, weight: tf.Tensor) =>
  tf.reshape(tf.matMul(tf.reshape(x, [rows, width]) as tf.Tensor2D, weight as tf.Tensor2D), [4, 10, outputs]);
const shapes = [[4, 10, width], [width], [width], [width, outputs], [4, 10, outputs]];

const affine: Program = (x, gain, bias, weight) => [onRows(tf.add(tf.mul(x!, gain!), bias!), weight!)];

it('gain and bias before a product go into the weight', async () => {
  const original = graphOf(affine, ...shapes.slice(0, 4));
  expect(longOnes(moved(original))).toEqual(['MatMul', 'Add']);
  await expectSameResults(moved(original), original);
});

it('all gradients of a gain, a bias and a weight come without a pass over the rows', async () => {
  const program: Program = (...inputs) =>
    tf
      .grads((x, gain, bias, weight, d) => tf.mul(affine(x!, gain!, bias!, weight!)[0]!, d!))(inputs)
      .slice(0, 4);
  const original = graphOf(program, ...shapes);
  // The gradient of x, and of the weight; the sum of the rows of d.
  expect(longOnes(moved(original)).sort()).toEqual(['FusedMatMul', 'FusedMatMul', 'ReduceSum']);
  await expectSameResults(moved(original), original, 1e-4);
});

it('centring goes into the weight where only the centred rows are used', async () => {
  const centred = (y: tf.Tensor) => tf.sub(y, tf.mean(y, -1, true));
  const alone = graphOf((x, weight) => [centred(onRows(x!, weight!))], [4, 10, width], [width, outputs]);
  expect(longOnes(moved(alone))).toEqual(['MatMul']);
  await expectSameResults(moved(alone), alone);
  const shared = graphOf(
    (x, weight) => {
      const y = onRows(x!, weight!);
      return [centred(y), y];
    },
    [4, 10, width],
    [width, outputs],
  );
  expect(longOnes(moved(shared))).toEqual(longOnes(simplify(shared)));
});

it('addends that are smaller than the sum are added first', async () => {
  const original = graphOf((x, a, b) => [tf.add(tf.add(x!, a!), b!)], [8, 4], [4], [1, 4]);
  expect(longOnes(moved(original))).toHaveLength(0); // too small to count
  expect(
    moved(original).nodes.filter(({ inputs }) => inputs.some((input) => sizeOf(input!.shape) === 32)),
  ).toHaveLength(1);
  await expectSameResults(moved(original), original);
});

it.each<[string, Program, number[][]]>([
  ['few rows', (x, g, w) => [tf.matMul(tf.mul(x!, g!), w!)], [[4, 4], [4], [4, 3]]],
  [
    'columns',
    (x, g, w) => [tf.matMul(tf.mul(x!, g!), w!)],
    [
      [40, 4],
      [40, 1],
      [4, 3],
    ],
  ],
  [
    'a product that is used as it is, too',
    (d, g, w) => {
      const y = tf.matMul(d!, w!);
      return [tf.mul(y, g!), y];
    },
    [[40, 4], [3], [4, 3]],
  ],
  [
    'sums of products whose matrix is not computed',
    (d, x, w) => [tf.sum(tf.mul(tf.matMul(d!, w!), x!), 0)],
    [
      [40, 4],
      [40, 3],
      [4, 3],
    ],
  ],
])('keeps %s', async (_name, program, some) => {
  const original = graphOf(program, ...some);
  expect(moved(original).nodes.map(({ operator }) => operator)).toEqual(
    simplify(original).nodes.map(({ operator }) => operator),
  );
  await expectSameResults(moved(original), original);
});
