import { zooError } from '../../../registry/errors';
import {
  fillOf, indicesOf, sameShape, sizeOf, type ElementType, type Graph, type HostArray, type Node, type Shape, type Value,
} from '../graph/graph';
import { fromFront, range, replaced } from '../graph/shapes';
import { countUses } from '../passes/rewrite';
import { isElementwise } from './expressions';
import { calls } from './calls';
import { isPerRow, Loop, type Access, type LoopNode, type LoopValue } from './loops';
import { broadcast, isContiguous, isWhole, permuted, reshaped, stepped, wholeView, type Buffer, type View } from './views';

/** When something is computed: once, once per run, or for every slice of the batch. */
export const stages = { once: 0, run: 1, slice: 2 } as const;

/** A value of the graph as the planner has it. */
export interface Operand {
  readonly shape: Shape;
  readonly dtype: ElementType;
  readonly source: { readonly number: number } | { readonly view: View; readonly position: number } | { readonly value: LoopValue };
  readonly stage: number;
}

type Viewed = Operand & { readonly source: { readonly view: View; readonly position: number } };

const identity: LoopNode['node'] = { operator: 'Identity', attributes: {} };

export interface ProductInstruction {
  readonly kind: 'product';
  readonly stage: number;
  /** [..., m, k] and [..., k, n], repeated along the batch dimensions of the result. */
  readonly a: View;
  readonly b: View;
  /** Where b was packed before, if it is one matrix. */
  readonly packed?: Buffer;
  readonly out: View;
  readonly alpha: number;
  accumulate: boolean;
}
export type Instruction =
  | { readonly kind: 'loop'; readonly stage: number; readonly loop: Loop }
  | { readonly kind: 'pack'; readonly stage: number; readonly from: View; readonly to: Buffer }
  | { readonly kind: 'call'; readonly stage: number; readonly name: string; readonly sizes: readonly number[]; readonly inputs: readonly View[]; readonly outputs: readonly View[] }
  | ProductInstruction;

export interface Plan {
  readonly instructions: readonly Instruction[];
  readonly constants: readonly { readonly buffer: Buffer; readonly data: HostArray }[];
  /** Buffers whose content is added up over the slices. */
  readonly added: ReadonlySet<Buffer>;
}

export interface PlanOptions {
  /** Columns of a packed panel of the machine's kernel. */
  readonly panelColumns: number;
  /** Stage of each input; `run` for all where nothing is cut. */
  readonly inputStages: readonly number[];
  /** Whether outputs are added up over the slices. */
  readonly addOutputs: boolean;
}

/** Longer rows are not passed through several times: what they give is written to memory. */
const longestRow = 4096;
/** Loops beyond these sizes would not keep what they compute in registers, and take long to compile. */
const mostNodes = 48;
const mostAccesses = 40;

const storage = (dtype: ElementType): ElementType => (dtype === 'int64' ? 'int32' : dtype);

/** Turns a graph into instructions: fused loops, matrix products, and calls of what is neither. */
export class Planner {
  private readonly instructions: Instruction[] = [];
  private readonly constants: { buffer: Buffer; data: HostArray }[] = [];
  private readonly added = new Set<Buffer>();
  private readonly operands = new Map<Value, Operand>();
  private readonly uses: (value: Value) => number;
  private readonly packs = new Map<string, Buffer>();
  private readonly readers = new Map<Buffer, Loop>();
  private readonly products = new Map<Buffer, { instruction: ProductInstruction; position: number }>();
  private readonly outputIndex = new Map<Value, number>();
  private constantSize = 0;

  constructor(private readonly graph: Graph, private readonly options: PlanOptions) {
    this.uses = countUses(graph);
    graph.outputs.forEach((value, index) => this.outputIndex.set(value, index));
  }

  plan(): Plan {
    const { graph, options } = this;
    graph.inputs.forEach((value, index) => {
      const buffer: Buffer = { dtype: storage(value.dtype), size: sizeOf(value.shape), place: { kind: 'input', index } };
      this.define(value, { ...value, stage: options.inputStages[index]!, source: { view: wholeView(buffer, value.shape), position: -1 } });
    });
    for (const node of graph.nodes) this.visit(node);
    graph.outputs.forEach((value, index) => {
      if (this.placedOutputs.has(index)) return;
      const buffer = this.outputBuffer(value, index);
      this.placeInto(value, wholeView(buffer, value.shape), options.addOutputs);
    });
    return { instructions: this.instructions, constants: this.constants, added: this.added };
  }

  private readonly placedOutputs = new Set<number>();

  private outputBuffer(value: Value, index: number): Buffer {
    const buffer: Buffer = { dtype: storage(value.dtype), size: sizeOf(value.shape), place: { kind: 'output', index } };
    if (this.options.addOutputs) this.added.add(buffer);
    return buffer;
  }

  // Operands

  private define(value: Value, operand: Operand): void {
    this.operands.set(value, { ...operand, shape: value.shape, dtype: storage(value.dtype) });
  }

  private operand(value: Value): Operand {
    let operand = this.operands.get(value);
    if (!operand) {
      operand = this.constant(value);
      this.operands.set(value, operand);
    }
    return operand;
  }

  private constant(value: Value): Operand {
    if (value.source.kind !== 'constant') throw new Error(`value ${value.id} is used before it is computed`);
    const dtype = storage(value.dtype);
    const number = fillOf(value);
    if (number !== undefined) return { shape: value.shape, dtype, stage: stages.once, source: { number } };
    const { data } = value.source.content as { data: HostArray };
    const host = data instanceof BigInt64Array ? Int32Array.from(data, Number) : data;
    const view = this.constantView(host, value.shape, dtype);
    return { shape: value.shape, dtype, stage: stages.once, source: { view, position: -1 } };
  }

  private constantView(data: HostArray, shape: Shape, dtype: ElementType): View {
    const buffer: Buffer = { dtype, size: data.length, place: { kind: 'constant', offset: this.constantSize } };
    this.constantSize += Math.ceil(data.byteLength / 64) * 64;
    this.constants.push({ buffer, data });
    return wholeView(buffer, shape);
  }

  private arena(dtype: ElementType, size: number): Buffer {
    return { dtype, size, place: { kind: 'arena', offset: -1 } };
  }

  private positionOf({ source }: Operand): number {
    return 'number' in source ? -1 : 'view' in source ? source.position : source.value.loop.position;
  }

  /** The operand in memory; of a value that is computed in a loop this makes the loop write it. */
  private viewed(operand: Operand): Viewed {
    const { source, shape, dtype } = operand;
    if ('view' in source) return { ...operand, source };
    if ('number' in source) {
      const data = dtype === 'float32' ? Float32Array.of(source.number) : dtype === 'bool' ? Uint8Array.of(source.number) : Int32Array.of(source.number);
      return { ...operand, source: { view: broadcast(this.constantView(data, [], dtype), shape), position: -1 } };
    }
    source.value.stored ??= { view: wholeView(this.arena(dtype, sizeOf(shape)), shape), add: false };
    const { view } = source.value.stored;
    return this.reshapedView({ ...operand, source: { view, position: source.value.loop.position } }, shape);
  }
  private view(operand: Operand): View {
    return this.viewed(operand).source.view;
  }

  private reshapedView(operand: Viewed, shape: Shape): Viewed {
    const view = reshaped(operand.source.view, shape);
    return view ? { ...operand, shape, source: { ...operand.source, view } } : this.copied({ ...operand, shape: operand.source.view.shape }, shape);
  }

  /** A contiguous copy, in another shape if one is given. */
  private copied(operand: Operand, shape = operand.shape): Viewed {
    const copy = this.viewed(this.loopNode(identity, [operand], operand.shape, operand.dtype));
    return this.reshapedView(copy, shape);
  }

  private reshape(operand: Operand, shape: Shape): Operand {
    const { source } = operand;
    return 'view' in source ? this.reshapedView({ ...operand, source }, shape) : { ...operand, shape };
  }

  /** Whether nothing but its one user knows the value, under this name or as what it was before it was reshaped. */
  private isSole(value: Value): boolean {
    if (this.uses(value) !== 1) return false;
    const { source } = value;
    return source.kind !== 'node' || source.node.operator !== 'Reshape' || this.isSole(source.node.inputs[0]!);
  }

  /** Brings a value to a place of its own, by computing it there where that is possible. Returns when it is there. */
  private placeInto(value: Value, target: View, add: boolean): number {
    if (sizeOf(target.shape) === 0) return -1;
    const operand = this.operand(value);
    const isWritten = target.buffer.place.kind === 'output';
    const isInTime = operand.stage >= (add ? stages.slice : isWritten ? stages.run : stages.once);
    const { source } = operand;
    if (isInTime && (!add || this.isSole(value))) {
      if ('value' in source && !source.value.stored && this.canStore(source.value, target)) {
        source.value.stored = { view: target, add };
        return source.value.loop.position;
      }
      if ('view' in source && isWhole(source.view) && this.canMove(source.view.buffer, target)) {
        source.view.buffer.within = { buffer: target.buffer, offset: target.offset };
        return source.position;
      }
    }
    const wanted = add ? stages.slice : isWritten ? Math.max(stages.run, operand.stage) : operand.stage;
    const given = sameShape(operand.shape, target.shape) ? operand : this.reshape(operand, target.shape);
    const copy = this.loopNode(identity, [given], target.shape, operand.dtype, wanted, true);
    const { value: copied } = copy.source as { value: LoopValue };
    copied.stored = { view: target, add };
    return copied.loop.position;
  }

  private canStore(value: LoopValue, target: View): boolean {
    const shape = value.level === 'row' ? [...target.shape, value.loop.rowSize!] : target.shape;
    const extents = value.loop.refinedBy(shape);
    if (extents) value.loop.extents = extents;
    return extents !== undefined;
  }
  private canMove(buffer: Buffer, target: View): boolean {
    const isFree = buffer.place.kind === 'arena' && !buffer.within && buffer.dtype === target.dtype;
    return isFree && buffer.size === sizeOf(target.shape) && isContiguous(target);
  }

  // Nodes

  private visit(node: Node): void {
    const [output] = node.outputs as [Value];
    const inputs = () => node.inputs.map((input) => this.operand(input!));
    switch (node.operator) {
      case 'Reshape': return this.define(output, this.reshape(this.operand(node.inputs[0]!), output.shape));
      case 'Transpose': return this.asView(output, node.inputs[0]!, (view) => permuted(view, node.attributes.perm as number[]));
      case 'Expand': return this.asView(output, node.inputs[0]!, (view) => broadcast(view, output.shape));
      case 'Slice': return this.slice(node);
      case 'Split': return this.split(node);
      case 'Tile': return this.tile(node);
      case 'Pad': if (node.attributes.mode === 'constant') return this.pad(node); break;
      case 'Concat': return this.concat(output, node.inputs as Value[], node.attributes.axis as number);
      case 'MatMul': case 'FusedMatMul': if (output.dtype === 'float32') return this.product(node); break;
    }
    if (/^Reduce(Sum|Mean|Max|Min|Prod)$/.test(node.operator)) return this.reduction(node);
    if (isElementwise(node.operator)) {
      if (node.operator === 'Add' && this.addIntoProduct(node)) return;
      return this.define(output, this.loopNode(node, inputs(), output.shape, output.dtype));
    }
    const described = calls[node.operator]?.(node);
    if (!described) throw zooError('missing-native', { operator: node.operator, origin: node.origin, label: this.graph.label });
    const given = described.inputs.map((value) => this.contiguous(this.operand(value)));
    const stage = Math.max(stages.once, ...given.map((operand) => operand.stage));
    const outputs = node.outputs.map((value) => wholeView(this.arena(storage(value.dtype), sizeOf(value.shape)), value.shape));
    const { name, sizes } = described;
    this.instructions.push({ kind: 'call', stage, name, sizes, inputs: given.map(({ source }) => source.view), outputs });
    const position = this.instructions.length - 1;
    node.outputs.forEach((value, i) => this.define(value, { ...value, stage, source: { view: outputs[i]!, position } }));
  }

  private contiguous(operand: Operand): Viewed {
    const viewed = this.viewed(operand);
    return isContiguous(viewed.source.view) ? viewed : this.copied(viewed);
  }

  private asView(output: Value, input: Value, change: (view: View) => View): void {
    const operand = this.operand(input);
    if ('number' in operand.source) return this.define(output, operand);
    const { source, ...rest } = this.viewed(operand);
    this.define(output, { ...rest, source: { view: change(source.view), position: source.position } });
  }

  private slice(node: Node): void {
    const [x, begins, , axes, strides] = node.inputs as Value[];
    const [output] = node.outputs as [Value];
    const along = indicesOf(axes)!;
    const each = (values: Value, otherwise: number) => x!.shape.map((_, axis) => indicesOf(values)![along.indexOf(axis)] ?? otherwise);
    const steps = strides ? each(strides, 1) : x!.shape.map(() => 1);
    const begin = each(begins!, 0).map((from, axis) => (from < 0 ? from + x!.shape[axis]! : Math.min(from, steps[axis]! < 0 ? x!.shape[axis]! - 1 : from)));
    this.asView(output, x!, (view) => stepped(view, begin, steps, output.shape));
  }

  private split(node: Node): void {
    const axis = node.attributes.axis as number;
    let start = 0;
    for (const output of node.outputs) {
      const begin = output.shape.map((_, i) => (i === axis ? start : 0));
      this.asView(output, node.inputs[0]!, (view) => stepped(view, begin, begin.map(() => 1), output.shape));
      start += output.shape[axis]!;
    }
  }

  /** [a, b] -> [repeats, a, repeats, b] with strides of 0, copied. */
  private tile(node: Node): void {
    const [x, repeats] = node.inputs as [Value, Value];
    const [output] = node.outputs as [Value];
    const counts = indicesOf(repeats)!;
    const operand = this.viewed(this.operand(x));
    const { view, position } = operand.source;
    const shape = view.shape.flatMap((extent, axis) => [counts[axis]!, extent]);
    const strides = view.strides.flatMap((stride) => [0, stride]);
    this.define(output, this.copied({ ...operand, shape, source: { view: { ...view, shape, strides }, position } }, output.shape));
  }

  /** Axis by axis: what is padded with stands before and after. */
  private pad(node: Node): void {
    const [x, amounts, fill] = node.inputs as [Value, Value, Value];
    const [output] = node.outputs as [Value];
    const by = indicesOf(amounts)!;
    const rank = x.shape.length;
    const shape = output.shape;
    const buffer = this.arena(storage(output.dtype), sizeOf(shape));
    const whole = wholeView(buffer, shape);
    const ends: number[] = [];
    const piece = (begin: readonly number[], extents: Shape) => stepped(whole, begin, begin.map(() => 1), extents);
    let stage = this.operand(x).stage;
    const number = fill ? (fillOf(fill) ?? NaN) : 0;
    // Outer axes take whole slabs of the result, inner ones only what lies beside x.
    const zero = range(rank).map(() => 0);
    let begin = [...zero];
    let extents = [...shape];
    for (let axis = 0; axis < rank; axis++) {
      const [before, after] = [by[axis]!, by[axis + rank]!];
      for (const [from, length] of [[0, before], [shape[axis]! - after, after]] as const) {
        if (length > 0) ends.push(this.write({ number }, piece(replaced(begin, axis, from), replaced(extents, axis, length)), output.dtype));
      }
      begin = replaced(begin, axis, before);
      extents = replaced(extents, axis, x.shape[axis]!);
    }
    ends.push(this.placeInto(x, piece(begin, extents), false));
    stage = Math.max(stage, stages.once);
    const position = Math.max(...ends);
    const view = whole;
    this.define(output, { ...output, stage, source: { view, position } });
  }

  /** Writes one number everywhere. */
  private write(source: { number: number }, target: View, dtype: ElementType): number {
    const filled = this.loopNode(identity, [{ shape: target.shape, dtype: storage(dtype), stage: stages.once, source }], target.shape, dtype, stages.once, true);
    const { value } = filled.source as { value: LoopValue };
    value.stored = { view: target, add: false };
    return value.loop.position;
  }

  private concat(output: Value, parts: readonly Value[], axis: number): void {
    const index = this.outputIndex.get(output);
    const isSummed = this.options.addOutputs && index !== undefined && this.uses(output) === 1;
    const buffer = isSummed ? this.outputBuffer(output, index) : this.arena(storage(output.dtype), sizeOf(output.shape));
    if (isSummed) this.placedOutputs.add(index);
    const whole = wholeView(buffer, output.shape);
    let [start, position] = [0, -1];
    for (const part of parts) {
      const begin = output.shape.map((_, i) => (i === axis ? start : 0));
      const target = stepped(whole, begin, begin.map(() => 1), part.shape);
      position = Math.max(position, this.placeInto(part, target, isSummed));
      start += part.shape[axis]!;
    }
    const stage = Math.max(...parts.map((part) => this.operand(part).stage));
    this.define(output, { ...output, stage, source: { view: whole, position } });
  }

  private product(node: Node): void {
    const [output] = node.outputs as [Value];
    const { transA, transB, alpha } = node.attributes;
    const [left, right] = node.inputs.map((input) => this.operand(input!)) as [Operand, Operand];
    const stage = Math.max(left.stage, right.stage);
    const oriented = (operand: Operand, transposed: boolean): View => {
      const view = this.view(operand);
      const rank = view.shape.length;
      const turned = transposed ? permuted(view, [...range(rank - 2), rank - 1, rank - 2]) : view;
      return broadcast(turned, [...output.shape.slice(0, -2), ...turned.shape.slice(-2)]);
    };
    let a = oriented(left, transA === 1);
    const b = oriented(right, transB === 1);
    const canRead = ({ shape, strides }: View) => [-1, -2].some((axis) => shape.at(axis) === 1 || strides.at(axis) === 1);
    if (!canRead(a)) a = this.view(this.copied({ ...left, shape: a.shape, source: { view: a, position: this.viewed(left).source.position } }));
    const isOneMatrix = b.strides.slice(0, -2).every((stride, axis) => stride === 0 || b.shape[axis] === 1);
    const packed = isOneMatrix ? this.packedMatrix(b, right.stage) : undefined;
    const buffer = this.arena('float32', sizeOf(output.shape));
    const out = wholeView(buffer, output.shape);
    const factor = typeof alpha === 'object' && 'float' in alpha ? alpha.float : 1;
    const instruction: ProductInstruction = { kind: 'product', stage, a, b, packed, out, alpha: factor, accumulate: false };
    const position = this.instructions.push(instruction) - 1;
    this.products.set(buffer, { instruction, position });
    this.define(output, { ...output, stage, source: { view: out, position } });
  }

  /** One matrix as products read it; packed once for all that multiply with it. */
  private packedMatrix(b: View, stage: number): Buffer {
    const [k, n] = b.shape.slice(-2) as [number, number];
    const from: View = { ...b, shape: [k, n], strides: b.strides.slice(-2) };
    const key = [this.idOf(b.buffer), b.offset, k, n, ...from.strides].join();
    let to = this.packs.get(key);
    if (!to) {
      const { panelColumns } = this.options;
      to = this.arena('float32', k * Math.ceil(n / panelColumns) * panelColumns);
      this.packs.set(key, to);
      this.instructions.push({ kind: 'pack', stage, from, to });
    }
    return to;
  }
  private readonly ids = new Map<Buffer, number>();
  private idOf(buffer: Buffer): number {
    if (!this.ids.has(buffer)) this.ids.set(buffer, this.ids.size);
    return this.ids.get(buffer)!;
  }

  /** a b + c d: the later product is added to the earlier one in its place. */
  private addIntoProduct({ inputs, outputs: [output] }: Node): boolean {
    const both = (inputs as [Value, Value]).map((value) => {
      const { source } = this.operand(value);
      const isWholeProduct = 'view' in source && isWhole(source.view) && this.isSole(value) && sameShape(value.shape, output!.shape);
      const product = isWholeProduct ? this.products.get(source.view.buffer) : undefined;
      return product && !product.instruction.out.buffer.within ? product : undefined;
    });
    const [first, second] = both.sort((p, q) => (p?.position ?? -1) - (q?.position ?? -1));
    if (!first || !second || first === second || first.instruction.stage !== second.instruction.stage) return false;
    second.instruction.accumulate = true;
    second.instruction.out.buffer.within = { buffer: first.instruction.out.buffer, offset: 0 };
    this.products.set(first.instruction.out.buffer, { instruction: first.instruction, position: second.position });
    const view = wholeView(first.instruction.out.buffer, output!.shape);
    this.define(output!, { ...output!, stage: second.instruction.stage, source: { view, position: second.position } });
    return true;
  }

  // Loops

  private reduction(node: Node): void {
    const [x, axes] = node.inputs as [Value, Value];
    const [output] = node.outputs as [Value];
    const operand = this.operand(x);
    const reduced = (axes ? indicesOf(axes)! : range(x.shape.length)).map((axis) => fromFront(axis, x.shape.length)).filter((axis) => x.shape[axis] !== 1);
    if (reduced.length === 0) return this.define(output, this.reshape(operand, output.shape));
    const kept = range(x.shape.length).filter((axis) => x.shape[axis] !== 1 && !reduced.includes(axis));
    const rowSize = sizeOf(reduced.map((axis) => x.shape[axis]!));
    const isRow = rowSize <= longestRow && Math.min(...reduced) > Math.max(-1, ...kept);
    if (isRow) {
      const value = this.loopNode(node, [operand], x.shape, output.dtype, operand.stage, false, rowSize);
      return this.define(output, { ...value, shape: output.shape });
    }
    // Onto memory: strides of 0 along what is reduced.
    const shape = x.shape.map((extent, axis) => (reduced.includes(axis) ? 1 : extent));
    const buffer = this.arena(storage(output.dtype), sizeOf(shape));
    const into = broadcast(wholeView(buffer, shape), x.shape);
    const done = this.loopNode(node, [operand], x.shape, output.dtype, operand.stage, false, undefined, into);
    const view = wholeView(buffer, output.shape);
    this.define(output, { ...output, stage: operand.stage, source: { view, position: this.positionOf(done) } });
  }

  /** Adds a node to a loop that computes what it takes or reads what it reads, or to a new one. */
  private loopNode(
    node: LoopNode['node'], inputs: readonly Operand[], shape: Shape, dtype: ElementType,
    stage = Math.max(stages.once, ...inputs.map((operand) => operand.stage)), fresh = false, rowSize?: number, into?: View,
  ): Operand {
    const candidates = new Set<Loop>();
    for (const { source } of inputs) if ('value' in source) candidates.add(source.value.loop);
    for (const { source } of inputs) {
      const reader = 'view' in source ? this.readers.get(source.view.buffer) : undefined;
      if (reader && !fresh) candidates.add(reader);
    }
    const ordered = [...candidates].sort((a, b) => b.position - a.position);
    for (const loop of ordered) {
      const value = loop.stage === stage ? this.join(loop, node, inputs, shape, dtype, rowSize, into) : undefined;
      if (value) return { shape, dtype: storage(dtype), stage, source: { value } };
    }
    const ready = inputs.map((operand) => ('value' in operand.source ? this.viewed(operand) : operand));
    const loop = new Loop(this.instructions.length, stage, shape);
    this.instructions.push({ kind: 'loop', stage, loop });
    const value = this.join(loop, node, ready, shape, dtype, rowSize, into)!;
    return { shape, dtype: storage(dtype), stage, source: { value } };
  }

  private join(
    loop: Loop, node: LoopNode['node'], inputs: readonly Operand[], shape: Shape, dtype: ElementType, rowSize?: number, into?: View,
  ): LoopValue | undefined {
    if (loop.nodes.length >= mostNodes || loop.accesses + inputs.length > mostAccesses) return undefined;
    const own = inputs.filter(({ source }) => 'value' in source && source.value.loop === loop);
    const perRow = loop.rowSize === undefined ? undefined : loop.size / loop.rowSize;
    const isElement = sizeOf(shape) === loop.size;
    const level = isElement ? 'element' : 'row';
    if (!isElement && (sizeOf(shape) !== perRow || own.length === 0 || rowSize !== undefined)) return undefined;
    if (rowSize !== undefined && loop.rowSize !== undefined && loop.rowSize !== rowSize) return undefined;
    const rowAfter = rowSize ?? loop.rowSize;
    const extents = loop.refinedBy(isElement ? shape : [...shape, loop.rowSize!], rowAfter);
    if (!extents) return undefined;
    for (const operand of inputs) {
      const { source } = operand;
      if ('number' in source) continue;
      if ('value' in source && source.value.loop === loop) {
        const { level: given } = source.value;
        const isSame = given === level && sizeOf(operand.shape) === sizeOf(shape);
        const isRepeated = given === 'row' && level === 'element' && isPerRow(loop, operand.shape, shape);
        if (!isSame && !isRepeated) return undefined;
      } else if (this.positionOf(operand) >= loop.position) return undefined;
      // What is stored in pieces may need a copy to be read in this shape; there is no room for that before this loop.
      else if ('value' in source && source.value.stored && !reshaped(source.value.stored.view, operand.shape)) return undefined;
    }
    loop.extents = extents;
    loop.rowSize = rowAfter;
    let phase = level === 'element' ? 0 : -1;
    const accesses = inputs.map((operand): Access => {
      const { source } = operand;
      if ('number' in source) return { kind: 'number', number: source.number, dtype: operand.dtype };
      if ('value' in source && source.value.loop === loop) {
        const { value } = source;
        phase = Math.max(phase, value.phase + (value.level === 'row' && level === 'element' ? 1 : 0));
        return { kind: 'value', value };
      }
      const view = this.view(operand);
      this.readers.set(view.buffer, loop);
      loop.accesses++;
      return { kind: 'load', view: broadcast(view, shape) };
    });
    loop.accesses++;
    const reduction = into ? { into } : rowSize !== undefined ? ('row' as const) : undefined;
    const value: LoopValue = {
      loop, level: rowSize === undefined ? level : 'row', dtype: storage(dtype), inputTypes: inputs.map((operand) => operand.dtype), phase,
    };
    loop.nodes.push({ node, inputs: accesses, shape, value, reduction });
    return value;
  }
}
