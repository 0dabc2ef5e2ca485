import type { GatherV2Attrs, ScatterNdAttrs, TopKAttrs, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { sizeOf, type Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import { fromFront, range } from '../../ir/shapes';
import type { LoweringTable } from '../backend';

/** Gathers along `axis`, pairing the first `batchDims` dimensions of x and of the indices. */
function gather(g: Operators, x: Value, indices: Value, axis: number, batchDims: number): Value {
  if (batchDims === 0) return g.gather(x, indices, axis);
  // Put the gathered axis right after the batch: [batch, axis, outer, inner], gather pairs (batch, index), move outer back.
  const batch = x.shape.slice(0, batchDims);
  const outer = x.shape.slice(batchDims, axis);
  const inner = x.shape.slice(axis + 1);
  const rows = sizeOf(batch);
  const perRow = sizeOf(indices.shape.slice(batchDims));
  const flat = g.reshape(x, [rows, sizeOf(outer), x.shape[axis]!, sizeOf(inner)]);
  const table = g.reshape(g.transpose(flat, [0, 2, 1, 3]), [rows * x.shape[axis]!, sizeOf(outer), sizeOf(inner)]);
  const rowStart = g.constant(
    Int32Array.from(range(rows), (row) => row * x.shape[axis]!),
    [rows, 1],
    'int32',
  );
  const positions = g.add(g.reshape(indices, [rows, perRow]), rowStart); // [rows, perRow]
  const picked = g.gather(table, positions, 0); // [rows, perRow, outer, inner]
  return g.reshape(g.transpose(picked, [0, 2, 1, 3]), [
    ...batch,
    ...outer,
    ...indices.shape.slice(batchDims),
    ...inner,
  ]);
}

/** Up to this many segments a product with a one-hot matrix is faster than adding row by row. */
const fewSegments = 64;

/** Sums rows of x [items, width] that carry the same number: result [count, width]. */
function segmentSum(g: Operators, x: Value, segments: Value, count: number): Value {
  const [items, width] = x.shape as [number, number];
  if (count <= fewSegments && x.dtype === 'float32') {
    const numbers = g.constant(Int32Array.from(range(count)), [count, 1], 'int32');
    const belongs = g.cast(g.compare('Equal', numbers, g.reshape(segments, [1, items])), 'float32'); // [count, items]
    return g.matrixProduct(belongs, x);
  }
  // Not ScatterND, which loses additions to one position when it runs on several threads.
  const positions = g.expand(g.reshape(segments, [items, 1]), x.shape);
  const zeros = g.fill(0, [count, width], x.dtype);
  return g.one('ScatterElements', [zeros, positions, x], zeros, { axis: 0, reduction: 'add' });
}

/** Number of the row that each position [items, depth] addresses when the first `depth` dimensions are flattened. */
function flatPositions(g: Operators, indices: Value, shape: readonly number[]): Value {
  const depth = indices.shape.at(-1)!;
  const strides = range(depth).map((axis) => sizeOf(shape.slice(axis + 1, depth)));
  const weighted = g.multiply(g.cast(indices, 'int32'), g.constant(Int32Array.from(strides), [depth], 'int32'));
  return g.reduce('ReduceSum', weighted, -1);
}

export const indexingLowerings: LoweringTable = {
  GatherNd: (g, { params, indices }: Record<'params' | 'indices', Value>) => {
    const depth = indices.shape.at(-1)!;
    const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
    return g.one('GatherND', [params, g.cast(indices, 'int64')], { shape, dtype: params.dtype });
  },
  GatherV2: (g, { x, indices }: Record<'x' | 'indices', Value>, { axis, batchDims = 0 }: GatherV2Attrs) =>
    gather(g, x, g.cast(indices, 'int32'), fromFront(axis, x.shape.length), batchDims),
  /** Updates of one position add up. */
  ScatterNd: (g, { indices, updates }: Record<'indices' | 'updates', Value>, { shape }: ScatterNdAttrs) => {
    const depth = indices.shape.at(-1)!;
    const items = sizeOf(indices.shape) / depth;
    const rows = g.reshape(updates, [items, sizeOf(shape.slice(depth))]);
    const positions = g.reshape(flatPositions(g, indices, shape), [items]);
    return g.reshape(segmentSum(g, rows, positions, sizeOf(shape.slice(0, depth))), shape);
  },
  TensorScatterUpdate: (g, { tensor, indices, updates }: Record<'tensor' | 'indices' | 'updates', Value>) =>
    g.one(
      'ScatterND',
      [tensor, g.cast(indices, 'int64'), updates],
      { shape: tensor.shape, dtype: tensor.dtype },
      { reduction: 'none' },
    ),
  TopK: (g, { x }: Record<'x', Value>, { k, sorted }: TopKAttrs) => {
    const shape = [...x.shape.slice(0, -1), k];
    const outputs = [
      { shape, dtype: x.dtype },
      { shape, dtype: 'int64' as const },
    ];
    const [values, indices] = g.node('TopK', [x, g.indices([k])], outputs, { axis: -1, sorted: Number(sorted) });
    return [values!, g.cast(indices!, 'int32')];
  },
  UnsortedSegmentSum: (
    g,
    { x, segmentIds }: Record<'x' | 'segmentIds', Value>,
    { numSegments }: UnsortedSegmentSumAttrs,
  ) => {
    const rank = segmentIds.shape.length;
    const items = sizeOf(segmentIds.shape);
    const rest = x.shape.slice(rank);
    const sums = segmentSum(
      g,
      g.reshape(g.cast(x, 'float32'), [items, sizeOf(rest)]),
      g.reshape(segmentIds, [items]),
      numSegments,
    );
    return g.reshape(sums, [numSegments, ...rest]);
  },
};
