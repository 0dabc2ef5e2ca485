import { sizeOf, type ElementType, type Node, type TensorType } from '../ir/graph';
import type { Numbers } from './indices';

/** Computes a node; an input that is left out is undefined. Inputs are never written to, and may be given back. */
export type Computation = (inputs: readonly (Numbers | undefined)[]) => readonly Numbers[];

/** Looks at shapes and attributes of a node, once, and says how it is computed. */
export type Rule = (node: Node) => Computation;

const arrays: Readonly<Record<ElementType, new (size: number) => Numbers>> = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  int64: Float64Array,
};

/** Zeros. */
export const arrayFor = ({ shape, dtype }: TensorType): Numbers => new arrays[dtype](sizeOf(shape));
