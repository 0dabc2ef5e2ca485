import { zooError } from '../../../core/errors';
import { fillOf, indicesOf, sizeOf, type Graph, type Node, type Shape, type Value } from '../../ir/graph';
import { fromFront, range, replaced } from '../../ir/shapes';
import { calls } from './calls';
import { isElementwise } from './expressions';
import { LoopBuilder } from './loop-builder';
import { Operands } from './operands';
import { Placement } from './placement';
import { stages, storage, type Operand, type Plan, type PlanOptions } from './plan';
import { ProductBuilder } from './product-builder';
import { broadcast, partOf, permuted, stepped, wholeView, type Buffer, type View } from './views';

/** Longer rows are not passed through several times: what they give is written to memory. */
const longestRow = 4096;

/** Turns a graph into instructions: fused loops, matrix products, and calls of what is neither. */
export class Planner {
  private readonly loops = new LoopBuilder();
  private readonly products: ProductBuilder;
  private readonly added = new Set<Buffer>();
  private readonly operands: Operands;
  private readonly placement: Placement;
  private readonly outputIndex = new Map<Value, number>();
  /** Outputs that are written while they are computed. */
  private readonly placedOutputs = new Set<number>();

  constructor(
    private readonly graph: Graph,
    private readonly options: PlanOptions,
  ) {
    this.operands = new Operands(graph, this.loops);
    this.placement = new Placement(this.loops, this.operands);
    this.products = new ProductBuilder(this.loops, options.machine);
    graph.outputs.forEach((value, index) => this.outputIndex.set(value, index));
  }

  plan(): Plan {
    const { graph, options } = this;
    graph.inputs.forEach((value, index) => {
      const buffer: Buffer = {
        dtype: storage(value.dtype),
        size: sizeOf(value.shape),
        place: { kind: 'input', index },
      };
      this.operands.define(value, {
        ...value,
        stage: options.inputStages[index]!,
        source: { view: wholeView(buffer, value.shape), position: -1 },
      });
    });
    for (const node of graph.nodes) this.visit(node);
    graph.outputs.forEach((value, index) => {
      if (this.placedOutputs.has(index)) return;
      const buffer = this.outputBuffer(value, index);
      this.placement.bring(value, wholeView(buffer, value.shape), options.addOutputs);
    });
    return { instructions: this.loops.instructions, constants: this.loops.constants, added: this.added };
  }

  private outputBuffer(value: Value, index: number): Buffer {
    const buffer: Buffer = { dtype: storage(value.dtype), size: sizeOf(value.shape), place: { kind: 'output', index } };
    if (this.options.addOutputs) this.added.add(buffer);
    return buffer;
  }

  // Nodes

  private visit(node: Node): void {
    const [output] = node.outputs as [Value];
    switch (node.operator) {
      case 'Reshape':
        return this.operands.define(output, this.loops.reshape(this.operands.of(node.inputs[0]!), output.shape));
      case 'Transpose':
        return this.asView(output, node.inputs[0]!, (view) => permuted(view, node.attributes.perm as number[]));
      case 'Expand':
        return this.asView(output, node.inputs[0]!, (view) => broadcast(view, output.shape));
      case 'Slice':
        return this.slice(node);
      case 'Split':
        return this.split(node);
      case 'Tile':
        return this.tile(node);
      case 'Pad':
        if (node.attributes.mode === 'constant') return this.pad(node);
        break;
      case 'Concat':
        return this.concat(output, node.inputs as Value[], node.attributes.axis as number);
      case 'MatMul':
      case 'FusedMatMul':
        if (output.dtype === 'float32') return this.product(node);
        break;
      case 'Add':
        if (this.addProducts(node)) return;
    }
    if (/^Reduce(Sum|Mean|Max|Min|Prod)$/.test(node.operator)) return this.reduction(node);
    if (isElementwise(node.operator)) {
      const inputs = node.inputs.map((input) => this.operands.of(input!));
      return this.operands.define(output, this.loops.add(node, inputs, output.shape, output.dtype));
    }
    this.call(node);
  }

  private product(node: Node): void {
    const [left, right] = node.inputs.map((input) => this.operands.of(input!)) as [Operand, Operand];
    this.operands.define(node.outputs[0]!, this.products.add(node, left, right));
  }

  private addProducts({ inputs, outputs: [output] }: Node): boolean {
    const summands = (inputs as Value[]).map((value) => ({
      value,
      operand: this.operands.of(value),
      isSole: this.operands.isSole(value),
    }));
    const sum = this.products.addInPlace(output!, summands);
    if (sum) this.operands.define(output!, sum);
    return sum !== undefined;
  }

  /** What is neither a loop nor a product, nor the same memory read otherwise. */
  private call(node: Node): void {
    const described = calls[node.operator]?.(node);
    if (!described)
      throw zooError('missing-native', { operator: node.operator, origin: node.origin, label: this.graph.label });
    const given = described.inputs.map((value) => this.loops.contiguous(this.operands.of(value)));
    const stage = Math.max(stages.once, ...given.map((operand) => operand.stage));
    const outputs = node.outputs.map((value) =>
      wholeView(this.loops.arena(storage(value.dtype), sizeOf(value.shape)), value.shape),
    );
    const { name, sizes, adds = false } = described;
    if (!adds) for (const { buffer } of outputs) this.placement.overwritten.add(buffer);
    this.loops.instructions.push({
      kind: 'call',
      stage,
      name,
      sizes,
      adds,
      inputs: given.map(({ source }) => source.view),
      outputs,
    });
    const position = this.loops.instructions.length - 1;
    node.outputs.forEach((value, i) =>
      this.operands.define(value, { ...value, stage, source: { view: outputs[i]!, position } }),
    );
    for (const { buffer } of outputs) this.products.canAddTo(buffer, stage, position);
  }

  private asView(output: Value, input: Value, change: (view: View) => View): void {
    const operand = this.operands.of(input);
    if ('number' in operand.source) return this.operands.define(output, operand);
    const { source, ...rest } = this.loops.viewed(operand);
    this.operands.define(output, { ...rest, source: { view: change(source.view), position: source.position } });
  }

  private slice(node: Node): void {
    const [x, begins, , axes, strides] = node.inputs as Value[];
    const [output] = node.outputs as [Value];
    const along = indicesOf(axes)!;
    const each = (values: Value, otherwise: number) =>
      x!.shape.map((_, axis) => indicesOf(values)![along.indexOf(axis)] ?? otherwise);
    const steps = strides ? each(strides, 1) : x!.shape.map(() => 1);
    const begin = each(begins!, 0).map((from, axis) =>
      from < 0 ? from + x!.shape[axis]! : Math.min(from, steps[axis]! < 0 ? x!.shape[axis]! - 1 : from),
    );
    this.asView(output, x!, (view) => stepped(view, begin, steps, output.shape));
  }

  private split(node: Node): void {
    const axis = node.attributes.axis as number;
    let start = 0;
    for (const output of node.outputs) {
      const begin = output.shape.map((_, i) => (i === axis ? start : 0));
      this.asView(output, node.inputs[0]!, (view) => partOf(view, begin, output.shape));
      start += output.shape[axis]!;
    }
  }

  /** [a, b] -> [repeats, a, repeats, b] with strides of 0, copied. */
  private tile(node: Node): void {
    const [x, repeats] = node.inputs as [Value, Value];
    const [output] = node.outputs as [Value];
    const counts = indicesOf(repeats)!;
    const operand = this.loops.viewed(this.operands.of(x));
    const { view, position } = operand.source;
    const shape = view.shape.flatMap((extent, axis) => [counts[axis]!, extent]);
    const strides = view.strides.flatMap((stride) => [0, stride]);
    this.operands.define(
      output,
      this.loops.copied({ ...operand, shape, source: { view: { ...view, shape, strides }, position } }, output.shape),
    );
  }

  /** Axis by axis: what is padded with stands before and after. */
  private pad(node: Node): void {
    const [x, amounts, fill] = node.inputs as [Value, Value, Value];
    const [output] = node.outputs as [Value];
    const by = indicesOf(amounts)!;
    const rank = x.shape.length;
    const shape = output.shape;
    const buffer = this.loops.arena(storage(output.dtype), sizeOf(shape));
    const whole = wholeView(buffer, shape);
    const ends: number[] = [];
    const piece = (begin: readonly number[], extents: Shape) => partOf(whole, begin, extents);
    let stage = this.operands.of(x).stage;
    const number = fill ? (fillOf(fill) ?? NaN) : 0;
    // Outer axes take whole slabs of the result, inner ones only what lies beside x.
    const zero = range(rank).map(() => 0);
    let begin = [...zero];
    let extents = [...shape];
    for (let axis = 0; axis < rank; axis++) {
      const [before, after] = [by[axis]!, by[axis + rank]!];
      for (const [from, length] of [
        [0, before],
        [shape[axis]! - after, after],
      ] as const) {
        if (length > 0)
          ends.push(
            this.placement.write(
              { number },
              piece(replaced(begin, axis, from), replaced(extents, axis, length)),
              output.dtype,
            ),
          );
      }
      begin = replaced(begin, axis, before);
      extents = replaced(extents, axis, x.shape[axis]!);
    }
    ends.push(this.placement.bring(x, piece(begin, extents), false));
    stage = Math.max(stage, stages.once);
    const position = Math.max(...ends);
    const view = whole;
    this.operands.define(output, { ...output, stage, source: { view, position } });
  }

  private concat(output: Value, parts: readonly Value[], axis: number): void {
    const index = this.outputIndex.get(output);
    const isSummed = this.options.addOutputs && index !== undefined && this.operands.uses(output) === 1;
    const buffer = isSummed
      ? this.outputBuffer(output, index)
      : this.loops.arena(storage(output.dtype), sizeOf(output.shape));
    if (isSummed) this.placedOutputs.add(index);
    const whole = wholeView(buffer, output.shape);
    let [start, position] = [0, -1];
    for (const part of parts) {
      if (isSummed && fillOf(part) === 0) {
        start += part.shape[axis]!; // sums start from zero
        continue;
      }
      const begin = output.shape.map((_, i) => (i === axis ? start : 0));
      const target = partOf(whole, begin, part.shape);
      position = Math.max(position, this.placement.bring(part, target, isSummed));
      start += part.shape[axis]!;
    }
    const stage = Math.max(...parts.map((part) => this.operands.of(part).stage));
    this.operands.define(output, { ...output, stage, source: { view: whole, position } });
  }

  private reduction(node: Node): void {
    const [x, axes] = node.inputs as [Value, Value];
    const [output] = node.outputs as [Value];
    const operand = this.operands.of(x);
    const reduced = (axes ? indicesOf(axes)! : range(x.shape.length))
      .map((axis) => fromFront(axis, x.shape.length))
      .filter((axis) => x.shape[axis] !== 1);
    if (reduced.length === 0) return this.operands.define(output, this.loops.reshape(operand, output.shape));
    const kept = range(x.shape.length).filter((axis) => x.shape[axis] !== 1 && !reduced.includes(axis));
    const rowSize = sizeOf(reduced.map((axis) => x.shape[axis]!));
    const isRow = rowSize <= longestRow && Math.min(...reduced) > Math.max(-1, ...kept);
    if (isRow) {
      const value = this.loops.add(node, [operand], x.shape, output.dtype, { rowSize });
      return this.operands.define(output, { ...value, shape: output.shape });
    }
    // Onto memory: strides of 0 along what is reduced.
    const shape = x.shape.map((extent, axis) => (reduced.includes(axis) ? 1 : extent));
    const buffer = this.loops.arena(storage(output.dtype), sizeOf(shape));
    const into = broadcast(wholeView(buffer, shape), x.shape);
    const done = this.loops.add(node, [operand], x.shape, output.dtype, { into });
    const view = wholeView(buffer, output.shape);
    this.operands.define(output, {
      ...output,
      stage: operand.stage,
      source: { view, position: this.loops.positionOf(done) },
    });
  }
}
