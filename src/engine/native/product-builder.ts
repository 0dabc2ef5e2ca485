import type { Triangle } from '../passes/triangles';
import { sameShape, sizeOf, type Node, type Value } from '../graph/graph';
import { range } from '../graph/shapes';
import type { LoopBuilder } from './loop-builder';
import type { Operand, ProductInstruction, Viewed } from './plan';
import { broadcast, isWhole, permuted, wholeView, type Buffer, type View } from './views';

/** Products of matrices as instructions. */
export class ProductBuilder {
  private readonly packs = new Map<string, Buffer>();
  private readonly products = new Map<Buffer, { instruction: ProductInstruction; position: number }>();
  private readonly ids = new Map<Buffer, number>();

  constructor(private readonly loops: LoopBuilder, private readonly panelColumns: number) {}

  /** The product that a node computes of its two operands. */
  add({ attributes: { transA, transB, alpha, triangle }, outputs: [output] }: Node, left: Operand, right: Operand): Viewed {
    const stage = Math.max(left.stage, right.stage);
    const oriented = (operand: Operand, transposed: boolean): View => {
      const view = this.loops.view(operand);
      const rank = view.shape.length;
      const turned = transposed ? permuted(view, [...range(rank - 2), rank - 1, rank - 2]) : view;
      return broadcast(turned, [...output!.shape.slice(0, -2), ...turned.shape.slice(-2)]);
    };
    let a = oriented(left, transA === 1);
    const b = oriented(right, transB === 1);
    const canRead = ({ shape, strides }: View) => [-1, -2].some((axis) => shape.at(axis) === 1 || strides.at(axis) === 1);
    if (!canRead(a)) a = this.loops.copied({ ...left, shape: a.shape, source: { view: a, position: this.loops.viewed(left).source.position } }).source.view;
    const isOneMatrix = b.strides.slice(0, -2).every((stride, axis) => stride === 0 || b.shape[axis] === 1);
    const packed = isOneMatrix ? this.packedMatrix(b, right.stage) : undefined;
    const buffer = this.loops.arena('float32', sizeOf(output!.shape));
    const out = wholeView(buffer, output!.shape);
    const factor = typeof alpha === 'object' && 'float' in alpha ? alpha.float : 1;
    const instruction: ProductInstruction = { kind: 'product', stage, a, b, packed, out, alpha: factor, triangle: triangle as Triangle | undefined, accumulate: false };
    const position = this.loops.instructions.push(instruction) - 1;
    this.products.set(buffer, { instruction, position });
    return { shape: output!.shape, dtype: 'float32', stage, source: { view: out, position } };
  }

  /** One matrix as products read it; packed once for all that multiply with it. */
  private packedMatrix(b: View, stage: number): Buffer {
    const [k, n] = b.shape.slice(-2) as [number, number];
    const from: View = { ...b, shape: [k, n], strides: b.strides.slice(-2) };
    const key = [this.idOf(b.buffer), b.offset, k, n, ...from.strides].join();
    let to = this.packs.get(key);
    if (!to) {
      to = this.loops.arena('float32', k * Math.ceil(n / this.panelColumns) * this.panelColumns);
      this.packs.set(key, to);
      this.loops.instructions.push({ kind: 'pack', stage, from, to });
    }
    return to;
  }
  private idOf(buffer: Buffer): number {
    if (!this.ids.has(buffer)) this.ids.set(buffer, this.ids.size);
    return this.ids.get(buffer)!;
  }

  /**
   * a b + c d: the later product is added to the earlier one in its place. Of each summand the caller says whether nothing
   * else uses it.
   */
  addInPlace(output: Value, summands: readonly { readonly operand: Operand; readonly value: Value; readonly isSole: boolean }[]): Viewed | undefined {
    const both = summands.map(({ operand: { source }, value, isSole }) => {
      const isWholeProduct = isSole && 'view' in source && isWhole(source.view) && sameShape(value.shape, output.shape);
      const product = isWholeProduct ? this.products.get(source.view.buffer) : undefined;
      return product && !product.instruction.out.buffer.within ? product : undefined;
    });
    const [first, second] = both.sort((p, q) => (p?.position ?? -1) - (q?.position ?? -1));
    if (!first || !second || first === second || first.instruction.stage !== second.instruction.stage) return undefined;
    second.instruction.accumulate = true;
    const { buffer } = first.instruction.out;
    second.instruction.out.buffer.within = { buffer, offset: 0 };
    this.products.set(buffer, { instruction: first.instruction, position: second.position });
    const { stage } = second.instruction;
    return { shape: output.shape, dtype: 'float32', stage, source: { view: wholeView(buffer, output.shape), position: second.position } };
  }
}
