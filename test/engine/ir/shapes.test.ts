import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { axesOf, broadcastShape, contiguousStrides, reducedShape } from '../../../src/engine/ir/shapes';
import { broadcastableShapes, shapes, someAxes } from '../support/tensors';

it('broadcasts as TensorFlow.js does', () => {
  fc.assert(
    fc.property(broadcastableShapes(), ([a, b]) => {
      expect(broadcastShape(a, b)).toEqual(tf.broadcast_util.assertAndGetBroadcastShape(a, b));
    }),
    { seed: 1 },
  );
});

it('reduces as TensorFlow.js does', () => {
  const cases = shapes(1).chain((shape) => fc.tuple(fc.constant(shape), someAxes(shape.length)));
  fc.assert(
    fc.property(cases, ([shape, axes]) => {
      expect(reducedShape(shape, axes, false)).toEqual(tf.backend_util.computeOutAndReduceShapes(shape, axes)[0]);
      expect(reducedShape(shape, axes, true)).toEqual(shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)));
    }),
    { seed: 1 },
  );
});

it('counts axes from the front', () => {
  expect(axesOf(-1, 3)).toEqual([2]);
  expect(axesOf([0, -2], 3)).toEqual([0, 1]);
  expect(axesOf(undefined, 2)).toEqual([0, 1]);
  expect(axesOf([], 2)).toEqual([]);
});

it('elements of the last dimension lie in a line', () => {
  expect(contiguousStrides([2, 3, 4])).toEqual([12, 4, 1]);
  expect(contiguousStrides([])).toEqual([]);
});
