import type { Node, Value } from '../graph/graph';
import { sizeOf } from '../graph/graph';
import { fillOf, indicesOf } from '../graph/graph';
import { fromFront } from '../graph/shapes';

/** A call of a function of the runtime: its sizes, and the values it reads in their own order. */
export interface Call {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly inputs: readonly Value[];
}

/** Functions in the order of `struct runtime`. */
export const callNames = ['gather', 'extreme_position', 'cumulative_sum'] as const;

/** [outer, along, inner] of a shape around an axis. */
const around = (shape: readonly number[], axis: number): number[] => [
  sizeOf(shape.slice(0, axis)), shape[axis]!, sizeOf(shape.slice(axis + 1)),
];
const position = (sign: 1 | -1) => ({ inputs: [x], attributes }: Node): Call => ({
  name: 'extreme_position', inputs: [x!],
  sizes: [...around(x!.shape, fromFront(attributes.axis as number, x!.shape.length)), sign, Number(x!.dtype === 'int32')],
});

/** Operators that are neither loops nor products: what they call in the runtime. */
export const calls: Readonly<Record<string, (node: Node) => Call>> = {
  ArgMax: position(1),
  ArgMin: position(-1),
  CumSum: ({ inputs: [x, axis], attributes }) => {
    const along = fillOf(axis) ?? indicesOf(axis)![0]!;
    return {
      name: 'cumulative_sum', inputs: [x!],
      sizes: [...around(x!.shape, fromFront(along, x!.shape.length)), attributes.exclusive as number, attributes.reverse as number, Number(x!.dtype === 'int32')],
    };
  },
  Gather: ({ inputs: [x, indices], attributes }) => ({
    name: 'gather', inputs: [x!, indices!],
    sizes: [...around(x!.shape, attributes.axis as number), sizeOf(indices!.shape), x!.dtype === 'bool' ? 1 : 4],
  }),
};
