import { sizeOf, type ElementType, type Node, type Shape } from '../../ir/graph';
import { broadcastStrides, contiguousStrides } from '../../ir/shapes';
import { commonExtents, stridesOver, type View } from './views';

/**
 * A loop nest that computes many elementwise operators at once. Its domain is the shape of what they compute, up to
 * reshaping. Where it also reduces rows (sums, maxima along the last dimensions), values of a row may be used by what
 * follows: the row is then passed through again, in the next phase.
 */
export class Loop {
  readonly nodes: LoopNode[] = [];
  /** Common cuts of the shapes of all nodes. */
  extents: number[];
  /** Elements of a row, once rows are reduced. */
  rowSize: number | undefined;
  /** Addresses it uses, at most: loads and stores. */
  accesses = 0;

  constructor(
    /** Place in the list of instructions. */
    readonly position: number,
    readonly stage: number,
    shape: Shape,
  ) {
    this.extents = commonExtents(shape, shape)!;
  }

  get size(): number {
    return sizeOf(this.extents);
  }

  /** Number of trailing extents that make a row. */
  get rowExtents(): number {
    if (this.rowSize === undefined) return 0;
    let [count, size] = [0, 1];
    while (size < this.rowSize) size *= this.extents[this.extents.length - ++count]!;
    return count;
  }

  /** The extents with the cuts of that shape as well, if they fit together. */
  refinedBy(shape: Shape, rowSize = this.rowSize): number[] | undefined {
    const refined = commonExtents(this.extents, shape);
    return refined && (rowSize === undefined ? refined : commonExtents(refined, [this.size / rowSize, rowSize]));
  }
}

/** What a node of a loop takes: a value of the same loop, memory, or a number. */
export type Access =
  | { readonly kind: 'value'; readonly value: LoopValue }
  /** Broadcast to the shape of the node. */
  | { readonly kind: 'load'; readonly view: View }
  | { readonly kind: 'number'; readonly number: number; readonly dtype: ElementType };

export interface LoopNode {
  readonly node: Pick<Node, 'operator' | 'attributes'>;
  readonly inputs: readonly Access[];
  /** What it works on: the size of the domain, or one element per row. */
  readonly shape: Shape;
  readonly value: LoopValue;
  /** A reduction: over a row, or onto memory, where `shape` is what is reduced. */
  readonly reduction?: 'row' | { readonly into: View };
}

/** What a node passes through: elements, also where it reduces them to one value per row. */
export const levelOf = ({ reduction, value }: LoopNode): LoopValue['level'] =>
  reduction === 'row' ? 'element' : value.level;

/** One element per element of the domain, or per row. */
export interface LoopValue {
  readonly loop: Loop;
  readonly level: 'element' | 'row';
  readonly dtype: ElementType;
  readonly inputTypes: readonly ElementType[];
  /** The pass through the row in which it is computed; a value of a row is known after it. */
  readonly phase: number;
  /** Where it is kept for other instructions. */
  stored?: Store;
}

export interface Store {
  readonly view: View;
  /** Added to what is there. */
  readonly add: boolean;
}

/** Whether values of one row each, of that shape, are repeated along the rows of a loop when they meet that shape. */
export function isPerRow(loop: Loop, shape: Shape, against: Shape): boolean {
  const extents = loop.refinedBy(against);
  if (!extents || loop.rowSize === undefined) return false;
  const strides = broadcastStrides(shape, contiguousStrides(shape), against);
  const found = stridesOver(extents, { shape: against, strides });
  let size = 1;
  const wanted: number[] = new Array(extents.length);
  for (let i = extents.length - 1; i >= 0; i--) {
    wanted[i] = size < loop.rowSize ? 0 : size / loop.rowSize;
    size *= extents[i]!;
  }
  return wanted.every((stride, i) => extents[i] === 1 || stride === found[i]);
}
