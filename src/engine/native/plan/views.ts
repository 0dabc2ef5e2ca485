import { sizeOf, type ElementType, type Shape } from '../../ir/graph';
import { broadcastStrides, contiguousStrides } from '../../ir/shapes';

/**
 * Where a buffer lies: in the arena that programs share, in what a program keeps between runs, among its constants, or in one
 * of its inputs or outputs.
 */
export type Place =
  | { readonly kind: 'arena'; offset: number }
  | { readonly kind: 'kept'; readonly offset: number }
  | { readonly kind: 'constant'; readonly offset: number }
  | { readonly kind: 'input' | 'output'; readonly index: number };

/** A stretch of memory. One that was moved into another (`within`) has no place of its own. */
export interface Buffer {
  readonly dtype: ElementType;
  /** Elements. */
  readonly size: number;
  place: Place;
  within?: { readonly buffer: Buffer; readonly offset: number };
}

/** Elements of a buffer in some order: element (i, j, ...) lies at offset + i strides[0] + j strides[1] + ... */
export interface View {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly dtype: ElementType;
}

export const bytesOf = (dtype: ElementType): number => (dtype === 'bool' ? 1 : 4);

export const wholeView = (buffer: Buffer, shape: Shape): View => ({
  buffer,
  offset: 0,
  shape,
  strides: contiguousStrides(shape),
  dtype: buffer.dtype,
});

export const isContiguous = ({ shape, strides }: Pick<View, 'shape' | 'strides'>): boolean => {
  const wanted = contiguousStrides(shape);
  return shape.every((extent, axis) => extent === 1 || strides[axis] === wanted[axis]);
};

/** Whether a view is all of its buffer, element by element. */
export const isWhole = (view: View): boolean =>
  view.offset === 0 && sizeOf(view.shape) === view.buffer.size && isContiguous(view);

/** Whether all batches of a stack of matrices are the same one. */
export const isOneMatrix = ({ shape, strides }: View): boolean =>
  strides.slice(0, -2).every((stride, axis) => stride === 0 || shape[axis] === 1);

/** Follows a buffer to where it was moved: the buffer that has a place, and the distance from its start. */
export function settled(buffer: Buffer): { buffer: Buffer; offset: number } {
  let offset = 0;
  while (buffer.within) ({ buffer, offset } = { buffer: buffer.within.buffer, offset: offset + buffer.within.offset });
  return { buffer, offset };
}

/**
 * The extents into which both shapes, of equal size, can be cut: [6, 4] and [2, 12] -> [2, 3, 4]. None where cuts do not
 * nest, as in [2, 3] and [3, 2].
 */
export function commonExtents(a: Shape, b: Shape): number[] | undefined {
  const cuts = [...new Set([...cutsOf(a), ...cutsOf(b)])].sort((x, y) => x - y); // ascending, from 1 to the size
  const extents: number[] = [];
  for (let i = 1; i < cuts.length; i++) {
    if (cuts[i]! % cuts[i - 1]! !== 0) return undefined;
    extents.unshift(cuts[i]! / cuts[i - 1]!);
  }
  return extents;
}

/** Sizes of the blocks that each dimension repeats. */
function cutsOf(shape: Shape): number[] {
  const cuts = [1];
  for (let axis = shape.length - 1; axis >= 0; axis--) cuts.push(cuts.at(-1)! * shape[axis]!);
  return cuts;
}

/** Strides over extents into which the shape of a view can be cut, as `commonExtents` gives them. */
export function stridesOver(extents: readonly number[], { shape, strides }: Pick<View, 'shape' | 'strides'>): number[] {
  const result: number[] = new Array(extents.length);
  let axis = shape.length - 1;
  let covered = 1; // of shape[axis]
  for (let i = extents.length - 1; i >= 0; i--) {
    while (covered === shape[axis]!) [axis, covered] = [axis - 1, 1];
    result[i] = strides[axis]! * covered;
    covered *= extents[i]!;
  }
  return result;
}

/** The view in another shape of the same size, without a copy where that is possible. */
export function reshaped(view: View, shape: Shape): View | undefined {
  if (isContiguous(view)) return { ...view, shape, strides: contiguousStrides(shape) };
  const extents = commonExtents(view.shape, shape);
  if (!extents) return undefined;
  const fine = stridesOver(extents, view);
  const strides: number[] = [];
  let at = extents.length;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] === 1) {
      strides[axis] = 0;
      continue;
    }
    strides[axis] = fine[--at]!;
    for (let covered = extents[at]!; covered < shape[axis]!; covered *= extents[at]!) {
      at--;
      if (fine[at] !== fine[at + 1]! * extents[at + 1]!) return undefined;
    }
  }
  return { ...view, shape, strides };
}

export const permuted = (view: View, permutation: readonly number[]): View => ({
  ...view,
  shape: permutation.map((from) => view.shape[from]!),
  strides: permutation.map((from) => view.strides[from]!),
});

/** Elements begin, begin + step, ... of each axis, as many as `shape` says. */
export const stepped = (view: View, begin: readonly number[], steps: readonly number[], shape: Shape): View => ({
  ...view,
  offset: view.offset + begin.reduce((sum, from, axis) => sum + from * view.strides[axis]!, 0),
  shape,
  strides: view.strides.map((stride, axis) => stride * steps[axis]!),
});

/** The elements from `begin` on. */
export const partOf = (view: View, begin: readonly number[], shape: Shape): View =>
  stepped(
    view,
    begin,
    begin.map(() => 1),
    shape,
  );

/** Repeated along new dimensions and those of extent 1. */
export const broadcast = (view: View, shape: Shape): View => ({
  ...view,
  shape,
  strides: broadcastStrides(view.shape, view.strides, shape),
});
