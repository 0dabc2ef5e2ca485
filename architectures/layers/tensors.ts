import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Tensors are typed without their rank; comments give their shapes. These three know how many things they return, so that
 * a formula may name them without a cast.
 */

/** The extents of a tensor: take as many as it has dimensions. */
export const shapeOf = (x: Tensor) => x.shape as [number, number, number, number, number];

/** `f` of every item. The type remembers how many there are. */
export const each = <Items extends readonly unknown[] | [unknown], Result>(
  items: Items,
  f: (item: Items[number]) => Result,
) => items.map((item) => f(item)) as { -readonly [I in keyof Items]: Result };

type Parts<Count extends number, Found extends Tensor[] = []> = number extends Count
  ? Tensor[]
  : Found['length'] extends Count
    ? Found
    : Parts<Count, [...Found, Tensor]>;

/**
 * Equal parts along a dimension, or parts of the given extents; the last dimension by default. TensorFlow.js has no gradient
 * for a split into a single part.
 */
export function split<Count extends number>(x: Tensor, count: Count, axis?: number): Parts<Count>;
export function split<Extents extends readonly number[] | [number]>(
  x: Tensor,
  extents: Extents,
  axis?: number,
): { -readonly [I in keyof Extents]: Tensor };
export function split(x: Tensor, parts: number | number[], axis = -1): Tensor[] {
  return (typeof parts === 'number' ? parts : parts.length) === 1 ? [x] : tf.split(x, parts, axis);
}
