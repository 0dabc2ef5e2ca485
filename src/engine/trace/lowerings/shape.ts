import {
  type BatchToSpaceNDAttrs,
  type CastAttrs,
  type ConcatAttrs,
  type ExpandDimsAttrs,
  type MirrorPadAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type ReshapeAttrs,
  type ReverseAttrs,
  type SliceAttrs,
  type SpaceToBatchNDAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
  backend_util,
  slice_util,
  util,
} from '@tensorflow/tfjs-core';
import { sizeOf, type ElementType, type Value } from '../../ir/graph';
import { axesOf, fromFront, inserted, removed } from '../../ir/shapes';
import type { LoweringTable } from '../backend';

type Unary = Record<'x', Value>;
const parts = (inputs: Record<string, Value>): Value[] => Object.values(inputs);

/** `backend_util` and `slice_util` ask for a tensor where they only look at its shape. */
const like = (x: Value) => ({ shape: [...x.shape], rank: x.shape.length }) as never;

export const shapeLowerings: LoweringTable = {
  /** [batch, space...] -> [batch / blocks, space * block..., depth...], cropped */
  BatchToSpaceND: (g, { x }: Unary, { blockShape, crops }: BatchToSpaceNDAttrs) => {
    const shape = [...x.shape];
    const product = sizeOf(blockShape);
    const reshaped = backend_util.getReshaped(shape, blockShape, product);
    const permuted = backend_util.getPermuted(reshaped.length, blockShape.length);
    const merged = backend_util.getReshapedPermuted(shape, blockShape, product);
    const spread = g.reshape(g.transpose(g.reshape(x, reshaped), permuted), merged);
    const cropped = (axis: number) => crops[axis - 1] ?? [0, 0]; // axis 0 is the batch
    return g.slice(
      spread,
      merged.map((_, axis) => cropped(axis)[0]!),
      merged.map((extent, axis) => extent - cropped(axis)[1]!),
    );
  },
  Cast: (g, { x }: Unary, { dtype }: CastAttrs) => g.cast(x, dtype as ElementType),
  Concat: (g, inputs: Record<string, Value>, { axis }: ConcatAttrs) =>
    g.concat(parts(inputs), fromFront(axis, parts(inputs)[0]!.shape.length)),
  ExpandDims: (g, { input }: Record<'input', Value>, { dim }: ExpandDimsAttrs) =>
    g.reshape(input, inserted(input.shape, dim < 0 ? input.shape.length + 1 + dim : dim, 1)),
  Identity: (_g, { x }: Unary) => x,
  MirrorPad: (g, { x }: Unary, { paddings, mode }: MirrorPadAttrs) => {
    if (mode === 'reflect') return g.pad(x, paddings, 0, 'reflect');
    // Symmetric: the edge itself is repeated, so the mirrored part is put beside x on each axis in turn.
    return paddings.reduce((padded, [before, after], axis) => {
      const extent = padded.shape[axis]!;
      const piece = (from: number, to: number) => {
        const begin = padded.shape.map((_, i) => (i === axis ? from : 0));
        const end = padded.shape.map((size, i) => (i === axis ? to : size));
        return g.slice(
          padded,
          begin,
          end,
          begin.map((_, i) => (i === axis ? -1 : 1)),
        );
      };
      const front = before ? [piece(before - 1, -1)] : [];
      const back = after ? [piece(extent - 1, extent - 1 - after)] : [];
      return g.concat([...front, padded, ...back], axis);
    }, x);
  },
  Pack: (g, inputs: Record<string, Value>, { axis }: PackAttrs) => {
    const rank = parts(inputs)[0]!.shape.length;
    const at = fromFront(axis, rank + 1);
    return g.concat(
      parts(inputs).map((part) => g.reshape(part, inserted(part.shape, at, 1))),
      at,
    );
  },
  PadV2: (g, { x }: Unary, { paddings, constantValue }: PadV2Attrs) =>
    x.dtype === 'bool'
      ? g.cast(g.pad(g.cast(x, 'int32'), paddings, constantValue), 'bool')
      : g.pad(x, paddings, constantValue),
  Reshape: (g, { x }: Unary, { shape }: ReshapeAttrs) =>
    g.reshape(x, util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  Reverse: (g, { x }: Unary, { dims }: ReverseAttrs) => {
    const axes = axesOf(dims, x.shape.length);
    const along = <T>(reversed: (extent: number) => T, kept: (extent: number) => T) =>
      x.shape.map((extent, axis) => (axes.includes(axis) ? reversed(extent) : kept(extent)));
    return axes.length === 0
      ? x
      : g.slice(
          x,
          along(
            (extent) => extent - 1,
            () => 0,
          ),
          along(
            () => -1,
            (extent) => extent,
          ),
          along(
            () => -1,
            () => 1,
          ),
        );
  },
  Slice: (g, { x }: Unary, { begin, size }: SliceAttrs) => {
    const [from, extent] = slice_util.parseSliceParams(like(x), begin, size) as [number[], number[]];
    return g.slice(
      x,
      from,
      from.map((start, axis) => start + extent[axis]!),
    );
  },
  /** The inverse of BatchToSpaceND. */
  SpaceToBatchND: (g, { x }: Unary, { blockShape, paddings }: SpaceToBatchNDAttrs) => {
    const rest = x.shape.length - 1 - blockShape.length;
    const padded = g.pad(x, [[0, 0], ...paddings, ...Array.from({ length: rest }, () => [0, 0])]);
    const shape = [...padded.shape];
    const product = sizeOf(blockShape);
    const reshaped = backend_util.getReshaped(shape, blockShape, product, false);
    const permuted = backend_util.getPermuted(reshaped.length, blockShape.length, false);
    const merged = backend_util.getReshapedPermuted(shape, blockShape, product, false);
    return g.reshape(g.transpose(g.reshape(padded, reshaped), permuted), merged);
  },
  SplitV: (g, { x }: Unary, { numOrSizeSplits, axis }: SplitVAttrs) => {
    const along = fromFront(axis, x.shape.length);
    return g.split(x, backend_util.prepareSplitSize(like(x), numOrSizeSplits, along), along);
  },
  StridedSlice: (g, { x }: Unary, a: StridedSliceAttrs) => {
    const { finalShape, begin, end, strides } = slice_util.sliceInfo(
      [...x.shape],
      a.begin,
      a.end,
      a.strides,
      a.beginMask,
      a.endMask,
      a.ellipsisMask,
      a.newAxisMask,
      a.shrinkAxisMask,
    );
    return g.reshape(g.slice(x, begin, end, strides), finalShape);
  },
  Tile: (g, { x }: Unary, { reps }: TileAttrs) => g.tile(x, reps),
  Transpose: (g, { x }: Unary, { perm }: TransposeAttrs) => g.transpose(x, perm),
  Unpack: (g, { value }: Record<'value', Value>, { axis }: UnpackAttrs) => {
    const at = fromFront(axis, value.shape.length);
    const slices = g.split(value, new Array<number>(value.shape[at]!).fill(1), at);
    return slices.map((slice) => g.reshape(slice, removed(value.shape, at)));
  },
};
