import * as tf from '@tensorflow/tfjs-core';
import { flopsOf } from '../../../src/engine/ir/flops';
import { onnxPasses } from '../../../src/engine/onnx/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { skipTriangles } from '../../../src/engine/native/passes/triangles';
import { capture } from '../../../src/engine/trace/capture';
import type { Program } from '../../../src/core/contracts/engine';

const graphOf = (program: Program, ...shapes: number[][]) =>
  capture(
    program,
    shapes.map((shape) => ({ shape, dtype: 'float32' })),
    'test',
    'onnx',
  );

it('counts two operations for each of rows x inner x columns', () => {
  expect(flopsOf(graphOf((a, b) => [tf.matMul(a!, b!)], [3, 5], [5, 7]))).toBe(2 * 3 * 5 * 7);
});

it('counts every matrix of a batch', () => {
  expect(flopsOf(graphOf((a, b) => [tf.matMul(a!, b!)], [4, 6, 3, 5], [4, 6, 5, 7]))).toBe(24 * 2 * 3 * 5 * 7);
});

it.each([
  [false, true],
  [true, false],
  [true, true],
])('knows transposed factors (%s, %s)', (first, second) => {
  const a = first ? [5, 3] : [3, 5];
  const b = second ? [7, 5] : [5, 7];
  expect(flopsOf(graphOf((x, y) => [tf.matMul(x!, y!, first, second)], a, b))).toBe(2 * 3 * 5 * 7);
});

it('counts nothing but products', () => {
  expect(flopsOf(graphOf((a) => [tf.softmax(tf.exp(a!)), tf.sum(a!)], [8, 8]))).toBe(0);
});

it('counts half of a square, with its diagonal, where a triangle is all that is computed', () => {
  const later = () =>
    tf.cast(tf.less(tf.sub(tf.reshape(tf.range(0, 4), [4, 1]), tf.reshape(tf.range(0, 4), [1, 4])), 0), 'float32');
  const graph = graphOf((a, b) => [tf.matMul(tf.mul(a!, tf.sub(1, later())), b!)], [4, 4], [4, 7]);
  expect(flopsOf(skipTriangles(graph))).toBe(flopsOf(graph) * (10 / 16));
});

it('finds the same work after the passes: a product with a bias is still that product', () => {
  const program: Program = (x, w, b) => [tf.relu(tf.add(tf.matMul(x!, w!), b!))];
  const graph = graphOf(program, [3, 5], [5, 7], [7]);
  expect(optimise(onnxPasses, graph).nodes.map(({ operator }) => operator)).toContain('Gemm');
  expect(flopsOf(optimise(onnxPasses, graph))).toBe(flopsOf(graph));
});

it('sees that a backward pass costs two products for each of the forward pass', () => {
  const loss = (x: tf.Tensor, w: tf.Tensor) => tf.sum(tf.square(tf.matMul(x, w))) as tf.Scalar;
  const forward = flopsOf(graphOf((x, w) => [loss(x!, w!)], [3, 5], [5, 7]));
  const whole = graphOf((x, w) => tf.grads(loss)([x!, w!]), [3, 5], [5, 7]);
  expect(flopsOf(whole)).toBe(3 * forward);
});
