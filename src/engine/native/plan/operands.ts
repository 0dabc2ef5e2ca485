import { fillOf, type Graph, type HostArray, type Value } from '../../ir/graph';
import { countUses } from '../../passes/rewrite';
import type { LoopBuilder } from './loop-builder';
import { stages, storage, type Operand } from './plan';

/** Operators that read memory otherwise and compute nothing. */
const sameMemory: ReadonlySet<string> = new Set(['Reshape', 'Transpose', 'Expand', 'Slice', 'Split']);

/** What the values of a graph have become. */
export class Operands {
  private readonly operands = new Map<Value, Operand>();
  /** How often a value is used. */
  readonly uses: (value: Value) => number;

  constructor(
    graph: Graph,
    private readonly loops: LoopBuilder,
  ) {
    this.uses = countUses(graph);
  }

  define(value: Value, operand: Operand): void {
    this.operands.set(value, { ...operand, shape: value.shape, dtype: storage(value.dtype) });
  }

  of(value: Value): Operand {
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
    const view = this.loops.constantView(host, value.shape, dtype);
    return { shape: value.shape, dtype, stage: stages.once, source: { view, position: -1 } };
  }

  /** Whether nothing but its one user knows the value, under this name or as what the same memory was before. */
  isSole(value: Value): boolean {
    if (this.uses(value) !== 1) return false;
    const { source } = value;
    return source.kind !== 'node' || !sameMemory.has(source.node.operator) || this.isSole(source.node.inputs[0]!);
  }
}
