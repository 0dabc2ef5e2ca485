import { sameShape, sizeOf, type ElementType, type Value } from '../../ir/graph';
import type { LoopBuilder } from './loop-builder';
import type { LoopValue } from './loops';
import type { Operands } from './operands';
import { identity, stages, storage } from './plan';
import { isContiguous, isWhole, type Buffer, type View } from './views';

/** Brings values to places that others chose: outputs, and parts of what is put together. */
export class Placement {
  /** What calls write that cannot add. */
  readonly overwritten = new Set<Buffer>();

  constructor(
    private readonly loops: LoopBuilder,
    private readonly operands: Operands,
  ) {}

  /** Brings a value to a place of its own, by computing it there where that is possible. Returns when it is there. */
  bring(value: Value, target: View, add: boolean): number {
    if (sizeOf(target.shape) === 0) return -1;
    const operand = this.operands.of(value);
    const isWritten = target.buffer.place.kind === 'output';
    const isInTime = operand.stage >= (add ? stages.slice : isWritten ? stages.run : stages.once);
    const { source } = operand;
    if (isInTime && (!add || this.operands.isSole(value))) {
      if ('value' in source && !source.value.stored && this.canStore(source.value, target)) {
        source.value.stored = { view: target, add };
        return source.value.loop.position;
      }
      if (
        'view' in source &&
        isWhole(source.view) &&
        this.canMove(source.view.buffer, target) &&
        !(add && this.overwritten.has(source.view.buffer))
      ) {
        source.view.buffer.within = { buffer: target.buffer, offset: target.offset };
        return source.position;
      }
    }
    const wanted = add ? stages.slice : isWritten ? Math.max(stages.run, operand.stage) : operand.stage;
    const given = sameShape(operand.shape, target.shape) ? operand : this.loops.reshape(operand, target.shape);
    const { value: copy } = this.loops.add(identity, [given], target.shape, operand.dtype, {
      stage: wanted,
      apart: true,
    }).source;
    copy.stored = { view: target, add };
    return copy.loop.position;
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

  /** Writes one number everywhere. */
  write(source: { number: number }, target: View, dtype: ElementType): number {
    const number = { shape: target.shape, dtype: storage(dtype), stage: stages.once, source };
    const { value } = this.loops.add(identity, [number], target.shape, dtype, { apart: true }).source;
    value.stored = { view: target, add: false };
    return value.loop.position;
  }
}
