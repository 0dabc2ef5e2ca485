import { sizeOf, type ElementType, type HostArray, type Shape } from '../../ir/graph';
import { isPerRow, Loop, type Access, type LoopNode, type LoopValue } from './loops';
import { identity, stages, storage, type Instruction, type Operand, type Plan, type Viewed } from './plan';
import { broadcast, isContiguous, reshaped, wholeView, type Buffer, type View } from './views';

/** Loops beyond these sizes would not keep what they compute in registers, and take long to compile. */
const mostNodes = 48;
const mostAccesses = 40;

/** What a node asks of the loop that it joins, beyond its inputs. */
export interface Wishes {
  readonly stage?: number;
  /** Not with others that only read the same memory. */
  readonly apart?: boolean;
  /** It reduces rows of so many elements. */
  readonly rowSize?: number;
  /** It reduces onto memory. */
  readonly into?: View;
}

/** The growing list of instructions, and the loops in it, which take up nodes as long as they can. */
export class LoopBuilder {
  readonly instructions: Instruction[] = [];
  readonly constants: Plan['constants'][number][] = [];
  private constantSize = 0;
  /** The loop that reads a buffer, the latest. */
  private readonly readers = new Map<Buffer, Loop>();

  /** Host data as memory of the program. */
  constantView(data: HostArray, shape: Shape, dtype: ElementType): View {
    const buffer: Buffer = { dtype, size: data.length, place: { kind: 'constant', offset: this.constantSize } };
    this.constantSize += Math.ceil(data.byteLength / 64) * 64;
    this.constants.push({ buffer, data });
    return wholeView(buffer, shape);
  }

  /** Memory that gets its place when all instructions are known. */
  arena(dtype: ElementType, size: number): Buffer {
    return { dtype, size, place: { kind: 'arena', offset: -1 } };
  }

  /** The instruction after which it is there. */
  positionOf({ source }: Operand): number {
    return 'number' in source ? -1 : 'view' in source ? source.position : source.value.loop.position;
  }

  /** The operand in memory; of a value that is computed in a loop this makes the loop write it. */
  viewed(operand: Operand): Viewed {
    const { source, shape, dtype } = operand;
    if ('view' in source) return { ...operand, source };
    if ('number' in source) {
      const data =
        dtype === 'float32'
          ? Float32Array.of(source.number)
          : dtype === 'bool'
            ? Uint8Array.of(source.number)
            : Int32Array.of(source.number);
      return { ...operand, source: { view: broadcast(this.constantView(data, [], dtype), shape), position: -1 } };
    }
    source.value.stored ??= { view: wholeView(this.arena(dtype, sizeOf(shape)), shape), add: false };
    const { view } = source.value.stored;
    return this.reshapedView({ ...operand, source: { view, position: source.value.loop.position } }, shape);
  }
  view(operand: Operand): View {
    return this.viewed(operand).source.view;
  }

  private reshapedView(operand: Viewed, shape: Shape): Viewed {
    const view = reshaped(operand.source.view, shape);
    return view
      ? { ...operand, shape, source: { ...operand.source, view } }
      : this.copied({ ...operand, shape: operand.source.view.shape }, shape);
  }

  /** A contiguous copy, in another shape if one is given. */
  copied(operand: Operand, shape = operand.shape): Viewed {
    const copy = this.viewed(this.add(identity, [operand], operand.shape, operand.dtype));
    return this.reshapedView(copy, shape);
  }

  reshape(operand: Operand, shape: Shape): Operand {
    const { source } = operand;
    return 'view' in source ? this.reshapedView({ ...operand, source }, shape) : { ...operand, shape };
  }

  contiguous(operand: Operand): Viewed {
    const viewed = this.viewed(operand);
    return isContiguous(viewed.source.view) ? viewed : this.copied(viewed);
  }

  /** Adds a node to a loop that computes what it takes or reads what it reads, or to a new one. */
  add(
    node: LoopNode['node'],
    inputs: readonly Operand[],
    shape: Shape,
    dtype: ElementType,
    wishes: Wishes = {},
  ): Operand & { readonly source: { readonly value: LoopValue } } {
    const { stage = Math.max(stages.once, ...inputs.map((operand) => operand.stage)), apart } = wishes;
    const candidates = new Set<Loop>();
    for (const { source } of inputs) if ('value' in source) candidates.add(source.value.loop);
    for (const { source } of inputs) {
      const reader = 'view' in source ? this.readers.get(source.view.buffer) : undefined;
      if (reader && !apart) candidates.add(reader);
    }
    const ordered = [...candidates].sort((a, b) => b.position - a.position);
    for (const loop of ordered) {
      const value = loop.stage === stage ? this.join(loop, node, inputs, shape, dtype, wishes) : undefined;
      if (value) return { shape, dtype: storage(dtype), stage, source: { value } };
    }
    const ready = inputs.map((operand) => ('value' in operand.source ? this.viewed(operand) : operand));
    const loop = new Loop(this.instructions.length, stage, shape);
    this.instructions.push({ kind: 'loop', stage, loop });
    const value = this.join(loop, node, ready, shape, dtype, wishes)!;
    return { shape, dtype: storage(dtype), stage, source: { value } };
  }

  private join(
    loop: Loop,
    node: LoopNode['node'],
    inputs: readonly Operand[],
    shape: Shape,
    dtype: ElementType,
    { rowSize, into }: Wishes,
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
      else if ('value' in source && source.value.stored && !reshaped(source.value.stored.view, operand.shape))
        return undefined;
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
      loop,
      level: rowSize === undefined ? level : 'row',
      dtype: storage(dtype),
      inputTypes: inputs.map((operand) => operand.dtype),
      phase,
    };
    loop.nodes.push({ node, inputs: accesses, shape, value, reduction });
    return value;
  }
}
