import { type FillAttrs, type LinSpaceAttrs, type OneHotAttrs, type RangeAttrs, util } from '@tensorflow/tfjs-core';
import type { ElementType, Value } from '../../ir/graph';
import { range } from '../../ir/shapes';
import type { LoweringTable } from '../backend';

export const creationLowerings: LoweringTable = {
  /** A square matrix with x on its diagonal; a tensor counts as its elements in a row. */
  Diag: (g, { x }: Record<'x', Value>) => {
    const size = x.shape.reduce((product, extent) => product * extent, 1);
    const positions = g.constant(Int32Array.from(range(size)), [size], 'int32');
    const onDiagonal = g.compare('Equal', g.reshape(positions, [size, 1]), positions); // [size, size]
    const matrix = g.where(onDiagonal, g.reshape(g.cast(x, 'float32'), [size]), g.scalar(0));
    return g.reshape(g.cast(matrix, x.dtype), [...x.shape, ...x.shape]);
  },
  Fill: (g, _inputs: object, { shape, value, dtype }: FillAttrs) =>
    g.fill(Number(value), shape, (dtype ?? util.inferDtype(value)) as ElementType),
  LinSpace: (g, _inputs: object, { start, stop, num }: LinSpaceAttrs) => {
    const step = num > 1 ? (stop - start) / (num - 1) : 0;
    return g.constant(
      Float32Array.from(range(num), (i) => start + i * step),
      [num],
      'float32',
    );
  },
  /** An index out of range gives a row of `offValue`, so ONNX's OneHot, where -1 means the last, does not fit. */
  OneHot: (g, { indices }: Record<'indices', Value>, { dtype, depth, onValue, offValue }: OneHotAttrs) => {
    const classes = g.constant(Int32Array.from(range(depth)), [depth], 'int32');
    const hits = g.compare('Equal', g.reshape(g.cast(indices, 'int32'), [...indices.shape, 1]), classes); // [..., depth]
    const type = dtype as ElementType;
    if (onValue === 1 && offValue === 0) return g.cast(hits, type);
    return g.cast(g.where(hits, g.scalar(onValue), g.scalar(offValue)), type);
  },
  OnesLike: (g, { x }: Record<'x', Value>) => g.fill(1, x.shape, x.dtype),
  Range: (g, _inputs: object, { start, stop, step, dtype }: RangeAttrs) => {
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const values = range(count).map((i) => start + i * step);
    return dtype === 'int32'
      ? g.constant(Int32Array.from(values), [count], dtype)
      : g.constant(Float32Array.from(values), [count], 'float32');
  },
  ZerosLike: (g, { x }: Record<'x', Value>) => g.fill(0, x.shape, x.dtype),
};
