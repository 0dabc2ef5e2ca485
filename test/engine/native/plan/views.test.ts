import fc from 'fast-check';
import { sizeOf } from '../../../../src/engine/ir/graph';
import { range } from '../../../../src/engine/ir/shapes';
import {
  broadcast,
  bytesOf,
  commonExtents,
  isContiguous,
  isWhole,
  partOf,
  permuted,
  reshaped,
  settled,
  stepped,
  stridesOver,
  wholeView,
  type Buffer,
  type View,
} from '../../../../src/engine/native/plan/views';

const buffer = (size: number): Buffer => ({ dtype: 'float32', size, place: { kind: 'arena', offset: 0 } });

/** Where the elements of a view lie, in order: the definition of a view. */
function positions({ offset, shape, strides }: Pick<View, 'offset' | 'shape' | 'strides'>): number[] {
  return range(sizeOf(shape)).map((index) => {
    let [at, rest] = [offset, index];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]!) * strides[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    return at;
  });
}

const shapes = (minimumRank = 0) => fc.array(fc.integer({ min: 1, max: 6 }), { minLength: minimumRank, maxLength: 4 });

/** A shape, and other ways to cut its elements: extents split in two and neighbours joined. */
const shapePairs = shapes(1).chain((shape) =>
  fc.array(fc.tuple(fc.nat({ max: 5 }), fc.constantFrom('join', 'split', 'one')), { maxLength: 4 }).map((changes) => {
    let other = [...shape];
    for (const [where, change] of changes) {
      const axis = where % other.length;
      const extent = other[axis]!;
      const divisor = [2, 3, 5].find((factor) => extent % factor === 0);
      if (change === 'one') other.splice(axis, 0, 1);
      else if (change === 'split' && divisor) other.splice(axis, 1, divisor, extent / divisor);
      else if (change === 'join' && axis + 1 < other.length)
        other = [...other.slice(0, axis), extent * other[axis + 1]!, ...other.slice(axis + 2)];
    }
    return [shape, other] as const;
  }),
);

/** Views as slices, transposes and broadcasts make them. */
const views = (shape: readonly number[]): fc.Arbitrary<View> =>
  fc
    .tuple(
      fc.shuffledSubarray(range(shape.length), { minLength: shape.length, maxLength: shape.length }),
      fc.array(fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(1, 1, 1, 2, -1), fc.boolean()), {
        minLength: shape.length,
        maxLength: shape.length,
      }),
      fc.boolean(),
    )
    .map(([permutation, cuts, isPlain]) => {
      if (isPlain) return wholeView(buffer(sizeOf(shape)), shape);
      // The whole that was cut and permuted to give this shape; repeated extents were 1 in it.
      const cut = shape.map((extent, axis) => (cuts[axis]![2] ? 1 : extent));
      const large = cut.map((extent, axis) => cuts[axis]![0] + Math.abs(cuts[axis]![1]) * extent);
      const begin = cut.map((extent, axis) => (cuts[axis]![1] < 0 ? extent - 1 : cuts[axis]![0]));
      const inverse = permutation.map((_, to) => permutation.indexOf(to));
      const whole = permuted(
        wholeView(
          buffer(sizeOf(large)),
          permutation.map((axis) => large[axis]!),
        ),
        inverse,
      );
      return broadcast(
        stepped(
          whole,
          begin,
          cuts.map(([, step]) => step),
          cut,
        ),
        shape,
      );
    });

it.each<[number[], number[], number[] | undefined]>([
  [
    [6, 4],
    [2, 12],
    [2, 3, 4],
  ],
  [[6, 4], [24], [6, 4]],
  [[2, 3], [3, 2], undefined],
  [[1, 5], [5], [5]],
  [[], [1, 1], []],
  [
    [4, 6],
    [2, 2, 3, 2],
    [2, 2, 3, 2],
  ],
])('the common extents of %j and %j are %j', (a, b, expected) => {
  expect(commonExtents(a, b)).toEqual(expected);
});

it('common extents nest in both shapes, and strides over them lead to the same places', () => {
  fc.assert(
    fc.property(
      shapePairs.chain(([shape, other]) => fc.tuple(views(shape), fc.constant(other))),
      ([view, other]) => {
        const extents = commonExtents(view.shape, other);
        if (!extents) return;
        expect(commonExtents(other, view.shape)).toEqual(extents);
        for (const shape of [view.shape, other]) expect(commonExtents(extents, shape)).toEqual(extents);
        expect(positions({ offset: view.offset, shape: extents, strides: stridesOver(extents, view) })).toEqual(
          positions(view),
        );
      },
    ),
  );
});

it('a view that can be reshaped has the same elements in the same order', () => {
  let [kept, copied] = [0, 0];
  fc.assert(
    fc.property(
      shapePairs.chain(([shape, other]) => fc.tuple(views(shape), fc.constant(other))),
      ([view, other]) => {
        const result = reshaped(view, other);
        if (result) kept++;
        else copied++;
        if (!result) return expect(isContiguous(view)).toBe(false);
        expect(result.shape).toEqual(other);
        expect(positions(result)).toEqual(positions(view));
      },
    ),
    { numRuns: 300, seed: 1 },
  );
  expect(Math.min(kept, copied)).toBeGreaterThan(10); // both happen
});

it('needs a copy only where no strides would do', () => {
  const transposed = permuted(wholeView(buffer(12), [3, 4]), [1, 0]);
  expect(reshaped(transposed, [12])).toBeUndefined();
  expect(reshaped(transposed, [2, 2, 3])?.strides).toEqual([2, 1, 4]);
  const repeated = broadcast(wholeView(buffer(3), [3]), [2, 4, 3]);
  expect(reshaped(repeated, [8, 3])?.strides).toEqual([0, 1]);
  expect(reshaped(repeated, [24])).toBeUndefined();
});

it('contiguous means that elements lie in a row', () => {
  fc.assert(
    fc.property(shapes().chain(views), (view) => {
      const inRow = positions(view).every((at, index) => at === view.offset + index);
      expect(isContiguous(view)).toBe(inRow);
      expect(isWhole(view)).toBe(inRow && view.offset === 0 && sizeOf(view.shape) === view.buffer.size);
    }),
  );
});

it('slices go backwards too, and broadcasting adds dimensions', () => {
  const matrix = wholeView(buffer(12), [3, 4]);
  expect(positions(stepped(matrix, [2, 1], [-1, 2], [2, 2]))).toEqual([9, 11, 5, 7]);
  expect(positions(partOf(matrix, [1, 2], [2, 2]))).toEqual([6, 7, 10, 11]);
  expect(positions(permuted(matrix, [1, 0])).slice(0, 4)).toEqual([0, 4, 8, 1]);
  expect(positions(broadcast(wholeView(buffer(2), [2, 1]), [2, 2, 2]))).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
});

it('a buffer within others is found in the one that has a place', () => {
  const [outer, middle, inner] = [buffer(20), buffer(10), buffer(5)];
  middle.within = { buffer: outer, offset: 10 };
  inner.within = { buffer: middle, offset: 3 };
  expect(settled(inner)).toEqual({ buffer: outer, offset: 13 });
  expect(settled(outer)).toEqual({ buffer: outer, offset: 0 });
  expect(bytesOf('bool')).toBe(1);
});
