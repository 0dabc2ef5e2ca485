import type { Triangle } from '../passes/triangles';
import { sameShape, sizeOf, type Node, type Value } from '../../ir/graph';
import { range } from '../../ir/shapes';
import type { LoopBuilder } from './loop-builder';
import type { Operand, PlanOptions, ProductInstruction, Viewed } from './plan';
import { broadcast, isOneMatrix, isWhole, permuted, wholeView, type Buffer, type View } from './views';

/**
 * Rows of a matrix that are multiples of so many floats apart share their places in the caches: read again for every few
 * rows of the result, they displace each other. For so few rows packing would take longer.
 */
const [aliasing, fewRows] = [512, 64];

interface Summand {
  readonly buffer: Buffer;
  readonly stage: number;
  readonly position: number;
  /** If it is a product that nothing was added to yet. */
  readonly instruction?: ProductInstruction;
}

/** Products of matrices as instructions. */
export class ProductBuilder {
  private readonly packs = new Map<string, Buffer>();
  /** What was written by one instruction, and so can be added to: a product, or anything else. */
  private readonly summands = new Map<Buffer, Summand>();
  private readonly ids = new Map<Buffer, number>();

  constructor(
    private readonly loops: LoopBuilder,
    private readonly machine: PlanOptions['machine'],
  ) {}

  /** The product that a node computes of its two operands. */
  add(
    { attributes: { transA, transB, alpha, triangle }, outputs: [output] }: Node,
    left: Operand,
    right: Operand,
  ): Viewed {
    const stage = Math.max(left.stage, right.stage);
    const oriented = (operand: Operand, transposed: boolean): View => {
      const view = this.loops.view(operand);
      const rank = view.shape.length;
      const turned = transposed ? permuted(view, [...range(rank - 2), rank - 1, rank - 2]) : view;
      return broadcast(turned, [...output!.shape.slice(0, -2), ...turned.shape.slice(-2)]);
    };
    let a = oriented(left, transA === 1);
    const b = oriented(right, transB === 1);
    const canRead = ({ shape, strides }: View) =>
      [-1, -2].some((axis) => shape.at(axis) === 1 || strides.at(axis) === 1);
    if (!canRead(a))
      a = this.loops.copied({
        ...left,
        shape: a.shape,
        source: { view: a, position: this.loops.viewed(left).source.position },
      }).source.view;
    const isShared = isOneMatrix(b);
    const isDirect =
      !(isShared && right.stage < stage) &&
      this.canReadDirectly(b, isShared ? sizeOf(output!.shape.slice(0, -1)) : output!.shape.at(-2)!);
    const packed = isShared && !isDirect ? this.packedMatrix(b, right.stage) : undefined;
    const buffer = this.loops.arena('float32', sizeOf(output!.shape));
    const out = wholeView(buffer, output!.shape);
    const factor = typeof alpha === 'object' && 'float' in alpha ? alpha.float : 1;
    const instruction: ProductInstruction = {
      kind: 'product',
      stage,
      a,
      b,
      isDirect,
      packed,
      out,
      alpha: factor,
      triangle: triangle as Triangle | undefined,
      accumulate: false,
    };
    const position = this.loops.instructions.push(instruction) - 1;
    this.summands.set(buffer, { buffer, stage, position, instruction });
    return { shape: output!.shape, dtype: 'float32', stage, source: { view: out, position } };
  }

  /** Whether so many rows may be multiplied with it where it lies. */
  private canReadDirectly({ shape, strides }: View, rows: number): boolean {
    const [stride, step] = strides.slice(-2) as [number, number];
    return (
      step === 1 &&
      stride > 0 &&
      shape.at(-1)! % this.machine.lanes === 0 &&
      (stride % aliasing !== 0 || rows <= fewRows)
    );
  }

  /** One matrix as products read it; packed once for all that multiply with it. */
  private packedMatrix(b: View, stage: number): Buffer {
    const { panelColumns } = this.machine;
    const [k, n] = b.shape.slice(-2) as [number, number];
    const from: View = { ...b, shape: [k, n], strides: b.strides.slice(-2) };
    const key = [this.idOf(b.buffer), b.offset, k, n, ...from.strides].join();
    let to = this.packs.get(key);
    if (!to) {
      to = this.loops.arena('float32', k * Math.ceil(n / panelColumns) * panelColumns);
      this.packs.set(key, to);
      this.loops.instructions.push({ kind: 'pack', stage, from, to });
    }
    return to;
  }
  private idOf(buffer: Buffer): number {
    if (!this.ids.has(buffer)) this.ids.set(buffer, this.ids.size);
    return this.ids.get(buffer)!;
  }

  /** Says of a buffer that a product may be added to it after that instruction. */
  canAddTo(buffer: Buffer, stage: number, position: number): void {
    this.summands.set(buffer, { buffer, stage, position });
  }

  /**
   * x + a b: a product is added to an earlier one, or to what a call has written, in its place. Of each summand the caller
   * says whether nothing else uses it.
   */
  addInPlace(
    output: Value,
    summands: readonly { readonly operand: Operand; readonly value: Value; readonly isSole: boolean }[],
  ): Viewed | undefined {
    const both = summands.map(({ operand: { source }, value, isSole }) => {
      const isAll = isSole && 'view' in source && isWhole(source.view) && sameShape(value.shape, output.shape);
      const summand = isAll ? this.summands.get(source.view.buffer) : undefined;
      return summand && !summand.buffer.within ? summand : undefined;
    });
    const [first, second] = both.sort((p, q) => (p?.position ?? -1) - (q?.position ?? -1));
    if (!first || !second?.instruction || first === second || first.stage !== second.stage) return undefined;
    const { buffer, stage } = first;
    second.instruction.accumulate = true;
    second.buffer.within = { buffer, offset: 0 };
    this.summands.set(buffer, { buffer, stage, position: second.position });
    return {
      shape: output.shape,
      dtype: 'float32',
      stage,
      source: { view: wholeView(buffer, output.shape), position: second.position },
    };
  }
}
