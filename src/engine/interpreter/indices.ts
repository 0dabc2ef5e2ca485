import type { Shape } from '../ir/graph';
import { contiguousStrides, range } from '../ir/shapes';

/** Content of a value. int64 is kept in numbers, which are exact up to 2^53. */
export type Numbers = Float32Array | Int32Array | Uint8Array | Float64Array;

/** Coordinates that are read along each axis, one after the other; a negative one is outside. */
export type Coordinates = readonly (readonly number[])[];

/**
 * Where the elements at all combinations of coordinates lie, the last axis running fastest; -1 for what is outside.
 * Repeating, slicing, transposing and padding all read a tensor in such an order.
 */
export function indicesAt(coordinates: Coordinates, strides: readonly number[]): Int32Array {
  const indices = new Int32Array(coordinates.reduce((size, along) => size * along.length, 1));
  let count = 1; // indices so far: those of the axes before
  coordinates.forEach((along, axis) => {
    for (let before = count - 1; before >= 0; before--) {
      const base = indices[before]!;
      for (let at = along.length - 1; at >= 0; at--) {
        const outside = base < 0 || along[at]! < 0;
        indices[before * along.length + at] = outside ? -1 : base + along[at]! * strides[axis]!;
      }
    }
    count *= along.length;
  });
  return indices;
}

/** Coordinates of every element of a shape. */
export const everywhere = (shape: Shape): number[][] => shape.map(range);

/** Where each element of a result of shape `to` is read from in a tensor that broadcasts to it. */
export function broadcastIndices(from: Shape, to: Shape): Int32Array {
  const strides = contiguousStrides(from);
  const missing = to.length - from.length;
  const own = to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : strides[axis - missing]!));
  return indicesAt(everywhere(to), own);
}

/** Extents before an axis, of it, and behind it, each multiplied. */
export function around(shape: Shape, axis: number): { outer: number; extent: number; inner: number } {
  const product = (extents: Shape) => extents.reduce((size, extent) => size * extent, 1);
  return { outer: product(shape.slice(0, axis)), extent: shape[axis]!, inner: product(shape.slice(axis + 1)) };
}
