import { stages, type Instruction } from './plan';
import { bytesOf, settled, type Buffer } from './views';

const line = 64; // bytes of a cache line

/** What an instruction reads and writes, as buffers that have a place. */
export function buffersOf(instruction: Instruction): Buffer[] {
  const found: Buffer[] = [];
  const add = (buffer: Buffer) => found.push(settled(buffer).buffer);
  switch (instruction.kind) {
    case 'pack':
      add(instruction.from.buffer);
      add(instruction.to);
      break;
    case 'call':
      for (const view of [...instruction.inputs, ...instruction.outputs]) add(view.buffer);
      break;
    case 'product':
      for (const view of [instruction.a, instruction.b, instruction.out]) add(view.buffer);
      if (instruction.packed) add(instruction.packed);
      break;
    case 'loop':
      for (const { inputs, reduction, value } of instruction.loop.nodes) {
        for (const input of inputs) if (input.kind === 'load') add(input.view.buffer);
        if (typeof reduction === 'object') add(reduction.into.buffer);
        if (value.stored) add(value.stored.view.buffer);
      }
  }
  return found;
}

/** Bytes of each thread: to work in, found as another program left them, and to keep from one run to the next. */
export interface Rooms {
  readonly arena: number;
  readonly kept: number;
}

/**
 * Gives every buffer of the arena a place. Memory is used again as soon as nothing reads it any more, the latest freed first:
 * it is still in the cache. What a run leaves to its slices stays until its end; what is computed once and read later is kept.
 */
export function placeBuffers(instructions: readonly Instruction[]): Rooms {
  const first = new Map<Buffer, number>();
  const last = new Map<Buffer, number>();
  const from = new Map<Buffer, number>(); // stage
  const kept = new Set<Buffer>();
  instructions.forEach((instruction, at) => {
    for (const buffer of buffersOf(instruction)) {
      if (buffer.place.kind !== 'arena') continue;
      if (!first.has(buffer)) {
        first.set(buffer, at);
        from.set(buffer, instruction.stage);
      }
      const isLeft = instruction.stage > from.get(buffer)!;
      if (isLeft && from.get(buffer) === stages.once) kept.add(buffer);
      last.set(buffer, isLeft ? Infinity : Math.max(at, last.get(buffer) ?? 0));
    }
  });
  let keptBytes = 0;
  for (const buffer of kept) {
    buffer.place = { kind: 'kept', offset: keptBytes };
    keptBytes += roundedBytes(buffer);
  }
  const starting = new Map<number, Buffer[]>();
  for (const [buffer, at] of first) if (!kept.has(buffer)) starting.set(at, [...(starting.get(at) ?? []), buffer]);
  const room = new Room();
  let held: Buffer[] = [];
  instructions.forEach((_, at) => {
    for (const buffer of starting.get(at) ?? []) {
      (buffer.place as { offset: number }).offset = room.take(roundedBytes(buffer));
      if (last.get(buffer) !== Infinity) held.push(buffer);
    }
    const ending = held.filter((buffer) => last.get(buffer)! <= at);
    for (const buffer of ending) room.give((buffer.place as { offset: number }).offset, roundedBytes(buffer));
    if (ending.length > 0) held = held.filter((buffer) => last.get(buffer)! > at);
  });
  return { arena: room.size, kept: keptBytes };
}

const roundedBytes = ({ size, dtype }: Buffer): number => Math.ceil((size * bytesOf(dtype)) / line) * line;

/** Free stretches of memory that grows where none of them is large enough. */
class Room {
  size = 0;
  /** The latest first; neighbours are joined. */
  private free: { offset: number; bytes: number }[] = [];

  take(bytes: number): number {
    let best: { offset: number; bytes: number } | undefined;
    for (const stretch of this.free)
      if (stretch.bytes >= bytes && (!best || stretch.bytes < best.bytes)) best = stretch;
    if (!best) {
      const offset = this.size;
      this.size += bytes;
      return offset;
    }
    const { offset } = best;
    best.offset += bytes;
    best.bytes -= bytes;
    if (best.bytes === 0) this.free = this.free.filter((stretch) => stretch !== best);
    return offset;
  }

  give(offset: number, bytes: number): void {
    const before = this.free.find((stretch) => stretch.offset + stretch.bytes === offset);
    const after = this.free.find((stretch) => stretch.offset === offset + bytes);
    const joined = {
      offset: before ? before.offset : offset,
      bytes: bytes + (before?.bytes ?? 0) + (after?.bytes ?? 0),
    };
    this.free = [joined, ...this.free.filter((stretch) => stretch !== before && stretch !== after)];
  }
}
