import type { TensorSpecification } from '../../core/contracts/engine';

type Shape = TensorSpecification['shape'];

/** An array of numbers in row-major order. */
export interface Block {
  readonly data: Float32Array;
  readonly shape: Shape;
}

/** The axis on which two shapes of one tensor differ, if there is one. */
export function growingAxis(short: Shape, long: Shape): number | undefined {
  const axis = short.findIndex((extent, i) => extent !== long[i]);
  return axis < 0 ? undefined : axis;
}

export const resized = (shape: Shape, axis: number, extent: number): Shape =>
  shape.map((size, i) => (i === axis ? extent : size));

const sizeOf = (shape: Shape): number => shape.reduce((size, extent) => size * extent, 1);

/** Zeros. */
export const blank = (shape: Shape): Block => ({ data: new Float32Array(sizeOf(shape)), shape });

/** Zeros in the memory of a block that nobody looks at any more, where there is one that is large enough. */
export function blankIn(spare: Block | undefined, shape: Shape): Block {
  const size = sizeOf(shape);
  const room = spare ? spare.data.buffer.byteLength / Float32Array.BYTES_PER_ELEMENT : 0;
  if (room < size) return blank(shape);
  return { data: new Float32Array(spare!.data.buffer, 0, size).fill(0), shape };
}

/** Writes the first `count` slots of `part` on an axis over those of `target` from `at` on. All other extents are the same. */
export function paste(target: Block, part: Block, axis: number, at: number, count = part.shape[axis]!): void {
  const inner = part.shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
  const [from, to] = [part, target].map(({ shape }) => shape[axis]! * inner) as [number, number];
  for (let read = 0, write = at * inner; read < part.data.length; read += from, write += to) {
    target.data.set(part.data.subarray(read, read + count * inner), write);
  }
}

/** A block of larger extents with `part` in its first corner and zeros behind. */
export function enlarged(part: Block, shape: Shape): Block {
  const target = blank(shape);
  const last = shape.length - 1;
  const copy = (axis: number, from: number, to: number): void => {
    if (axis === last) return target.data.set(part.data.subarray(from, from + part.shape[last]!), to);
    const [read, write] = [part.shape, shape].map((extents) =>
      extents.slice(axis + 1).reduce((size, extent) => size * extent, 1),
    );
    for (let i = 0; i < part.shape[axis]!; i++) copy(axis + 1, from + i * read!, to + i * write!);
  };
  copy(0, 0, 0);
  return target;
}

const smallest = 64;

/** How much room to make for so many tokens: 64, 96, 128, 192, ... Half as much again at a time, so few sizes serve all lengths. */
export function capacityFor(tokens: number): number {
  let power = smallest;
  while (power < tokens) power *= 2;
  const between = (3 * power) / 4;
  return power > smallest && between >= tokens ? between : power;
}
