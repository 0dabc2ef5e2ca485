import fc from 'fast-check';
import { blank, blankIn, capacityFor, enlarged, growingAxis, paste, resized } from '../../../src/model/generate/cache';

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const seed = { seed: 1, numRuns: 200 };

test('pastes slots on any axis where they belong, and nothing elsewhere', () => {
  fc.assert(
    fc.property(
      shapes,
      fc.nat(),
      fc.nat(3),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(2),
      fc.nat(2),
      (shape, choice, at, count, spare, unused) => {
        const axis = choice % shape.length;
        const target = blank(resized(shape, axis, at + count + spare));
        const part = blank(resized(shape, axis, count + unused));
        part.data.forEach((_, i) => (part.data[i] = i + 1));
        paste(target, part, axis, at, count);

        const inner = shape.slice(axis + 1).reduce((size, extent) => size * extent, 1);
        const value = (block: typeof target, outer: number, slot: number, i: number) =>
          block.data[(outer * block.shape[axis]! + slot) * inner + i]!;
        target.data.forEach((found, index) => {
          const [i, slot] = [index % inner, Math.floor(index / inner) % target.shape[axis]!];
          const outer = Math.floor(index / inner / target.shape[axis]!);
          const isWritten = slot >= at && slot < at + count;
          expect(found).toBe(isWritten ? value(part, outer, slot - at, i) : 0);
        });
      },
    ),
    seed,
  );
});

test('enlarges on every axis at once, with zeros behind', () => {
  fc.assert(
    fc.property(shapes, fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }), (shape, spare) => {
      const part = blank(shape);
      part.data.forEach((_, i) => (part.data[i] = i + 1));
      const larger = enlarged(
        part,
        shape.map((extent, i) => extent + spare[i]!),
      );
      const element = ({ data, shape: extents }: typeof part, index: readonly number[]) =>
        data[index.reduce((at, i, axis) => at * extents[axis]! + i, 0)];
      const indices = larger.shape.reduce<number[][]>(
        (lists, extent) => lists.flatMap((list) => Array.from({ length: extent }, (_, i) => [...list, i])),
        [[]],
      );
      for (const index of indices) {
        const isInside = index.every((i, axis) => i < shape[axis]!);
        expect(element(larger, index)).toBe(isInside ? element(part, index) : 0);
      }
    }),
    seed,
  );
});

test('finds the axis on which a tensor grows', () => {
  expect(growingAxis([2, 3, 4], [2, 3, 4])).toBeUndefined();
  expect(growingAxis([2, 1, 4], [2, 2, 4])).toBe(1);
});

test('makes enough room, at most half as much again as needed beyond the smallest, in few sizes', () => {
  const sizes = new Set<number>();
  for (let tokens = 1; tokens <= 1024; tokens++) {
    const room = capacityFor(tokens);
    expect(room).toBeGreaterThanOrEqual(tokens);
    if (tokens > 64) expect(room).toBeLessThanOrEqual(1.5 * tokens);
    sizes.add(room);
  }
  expect([...sizes]).toEqual([64, 96, 128, 192, 256, 384, 512, 768, 1024]);
});

test('zeros take the memory of a spare block where it is large enough, whatever was in it', () => {
  const spare = blank([4, 6]);
  spare.data.fill(7);
  const small = blankIn(spare, [2, 5]);
  expect([small.shape, [...small.data]]).toEqual([[2, 5], Array<number>(10).fill(0)]);
  expect(small.data.buffer).toBe(spare.data.buffer);
  // What is small now is as large as the memory it is in.
  expect(blankIn(small, [24]).data.buffer).toBe(spare.data.buffer);
  expect(blankIn(spare, [25])).toEqual(blank([25]));
  expect(blankIn(undefined, [3])).toEqual(blank([3]));
});
