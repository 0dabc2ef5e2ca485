import fc from 'fast-check';
import { indexingLowerings } from '../../../../src/engine/trace/lowerings/indexing';
import type { HostTensor } from '../../support/engines';
import { testLowerings } from '../../support/kernels';
import { axes, shapes, tensor, type Type } from '../../support/tensors';

const types = fc.constantFrom<Type>('float32', 'int32');
const positions = (shape: readonly number[], extents: readonly number[]): fc.Arbitrary<HostTensor> => {
  const rows = shape.slice(0, -1).reduce((size, extent) => size * extent, 1);
  return fc
    .array(fc.tuple(...extents.map((extent) => fc.nat({ max: extent - 1 }))), { minLength: rows, maxLength: rows })
    .map((list) => ({ shape, dtype: 'int32' as const, data: Int32Array.from(list.flat()) }));
};

/** An array and positions in its first `depth` dimensions. */
const addressed = fc
  .tuple(shapes(1, 4), types, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
  .chain(([shape, dtype, wanted, count]) => {
    const depth = Math.min(wanted, shape.length);
    return fc.record({
      array: tensor(shape, dtype),
      indices: positions([count, depth], shape.slice(0, depth)),
      updates: tensor([count, ...shape.slice(depth)], dtype),
    });
  });
/** Of updates to one position any may win, so only distinct positions have one answer. */
const distinct = addressed.filter(({ indices: { shape, data } }) => {
  const rows = Array.from({ length: shape[0]! }, (_, row) => data.slice(row * shape[1]!, (row + 1) * shape[1]!).join());
  return new Set(rows).size === rows.length;
});

testLowerings(indexingLowerings, {
  GatherNd: { calls: addressed.map(({ array, indices }) => ({ inputs: { params: array, indices } })) },
  GatherV2: {
    calls: fc
      .tuple(shapes(1), fc.constantFrom<Type>('float32', 'int32', 'bool'), fc.nat({ max: 2 }))
      .chain(([shape, dtype, wantedBatch]) =>
        axes(shape.length).chain((axis) => {
          const along = (axis + shape.length) % shape.length;
          const batchDims = Math.min(wantedBatch, along);
          return fc.tuple(tensor(shape, dtype), shapes(0, 2)).chain(([x, extra]) =>
            tensor([...shape.slice(0, batchDims), ...extra], 'int32', fc.nat({ max: shape[along]! - 1 })).map(
              (indices) => ({
                inputs: { x, indices },
                attributes: { axis, batchDims },
              }),
            ),
          );
        }),
      ),
  },
  ScatterNd: {
    calls: addressed.map(({ array, indices, updates }) => ({
      inputs: { indices, updates },
      attributes: { shape: array.shape },
    })),
    tolerance: 1e-5,
  },
  TensorScatterUpdate: {
    calls: distinct.map(({ array, indices, updates }) => ({ inputs: { tensor: array, indices, updates } })),
  },
  TopK: {
    calls: fc
      .tuple(shapes(1), types)
      .chain(([shape, dtype]) =>
        fc
          .tuple(tensor(shape, dtype, fc.integer({ min: -9, max: 9 })), fc.integer({ min: 1, max: shape.at(-1)! }))
          .map(([x, k]) => ({ inputs: { x }, attributes: { k, sorted: true } })),
      ),
    // Of equal numbers TensorFlow.js and onnxruntime both take the first only up to the last one taken.
    compare: ([values]) => [values!],
  },
  UnsortedSegmentSum: {
    calls: fc
      .tuple(shapes(1, 3), fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(100)))
      .chain(([shape, numSegments]) =>
        fc
          .record({ x: tensor(shape), segmentIds: tensor([shape[0]!], 'int32', fc.nat({ max: numSegments - 1 })) })
          .map((inputs) => ({ inputs, attributes: { numSegments } })),
      ),
    tolerance: 1e-5,
  },
});
