import type { Shape } from './graph';

/** Shape of an elementwise operator's result: extents are aligned at the right, and 1 stretches. */
export function broadcastShape(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const extents = shapes.map((shape) => shape[shape.length - rank + axis] ?? 1);
    return extents.find((extent) => extent !== 1) ?? 1;
  });
}

/** An axis counted from the front. */
export const fromFront = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** Axes counted from the front; all of them where none is named. */
export function axesOf(axis: number | readonly number[] | null | undefined, rank: number): number[] {
  if (axis === null || axis === undefined) return range(rank);
  return (typeof axis === 'number' ? [axis] : axis).map((one) => fromFront(one, rank));
}

export function reducedShape(shape: Shape, axes: readonly number[], keepDimensions: boolean): number[] {
  return shape.flatMap((extent, axis) => (!axes.includes(axis) ? [extent] : keepDimensions ? [1] : []));
}

/** Elements from one index to the next along each dimension, the last in a line. */
export function contiguousStrides(shape: Shape): number[] {
  const strides: number[] = new Array(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; step *= shape[axis]!, axis--) strides[axis] = step;
  return strides;
}

/** Strides of a shape that is repeated along new dimensions and those of extent 1, until it has another: 0 there. */
export function broadcastStrides(shape: Shape, strides: readonly number[], against: Shape): number[] {
  const missing = against.length - shape.length;
  return against.map((extent, axis) => {
    const own = axis - missing;
    return own < 0 || (shape[own] === 1 && extent !== 1) ? 0 : strides[own]!;
  });
}

/** 0, 1, ..., count - 1 */
export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export const replaced = <T>(list: readonly T[], at: number, item: T): T[] =>
  list.map((old, i) => (i === at ? item : old));
export const removed = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at);
export const inserted = <T>(list: readonly T[], at: number, item: T): T[] => [
  ...list.slice(0, at),
  item,
  ...list.slice(at),
];
