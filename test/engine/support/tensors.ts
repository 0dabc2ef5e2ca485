import fc from 'fast-check';
import type { TensorSpecification } from '../../../src/core/contracts/engine';
import type { HostTensor } from './engines';

export type Type = TensorSpecification['dtype'];

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, extent) => size * extent, 1);

/** Numbers that lowerings get wrong: zeros, integers, halves (ties of rounding), and ordinary ones between. */
export const floats = (minimum = -4, maximum = 4): fc.Arbitrary<number> =>
  fc.oneof(
    fc.float({ min: Math.fround(minimum), max: Math.fround(maximum), noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: Math.ceil(2 * minimum), max: Math.floor(2 * maximum) }).map((halves) => halves / 2),
  );

/** The numbers of `floats`, and those that are none. */
export const anyFloats = (): fc.Arbitrary<number> =>
  fc.oneof({ weight: 4, arbitrary: floats() }, fc.constantFrom(NaN, Infinity, -Infinity, -0, 1e-6, -1e-6));

export const elements = (dtype: Type): fc.Arbitrary<number> =>
  dtype === 'float32' ? floats() : dtype === 'int32' ? fc.integer({ min: -9, max: 9 }) : fc.integer({ min: 0, max: 1 });

export const shapes = (minimumRank = 0, maximumRank = 4, minimumExtent = 1): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: minimumExtent, max: 4 }), { minLength: minimumRank, maxLength: maximumRank });

/** Shapes of which one extent may be 0. */
export const shapesWithEmpty = (minimumRank = 1, maximumRank = 4): fc.Arbitrary<number[]> =>
  fc.oneof(
    { weight: 5, arbitrary: shapes(minimumRank, maximumRank) },
    shapes(Math.max(1, minimumRank), maximumRank).chain((shape) =>
      fc.nat({ max: shape.length - 1 }).map((axis) => shape.map((extent, i) => (i === axis ? 0 : extent))),
    ),
  );

export function tensor(
  shape: readonly number[],
  dtype: Type = 'float32',
  element = elements(dtype),
): fc.Arbitrary<HostTensor> {
  const length = sizeOf(shape);
  return fc.array(element, { minLength: length, maxLength: length }).map((numbers) => ({
    shape,
    dtype,
    data:
      dtype === 'float32'
        ? Float32Array.from(numbers)
        : dtype === 'int32'
          ? Int32Array.from(numbers)
          : Uint8Array.from(numbers),
  }));
}

/** Two shapes that broadcast: a common one, of which each side lacks leading extents or has extents of 1. */
export const broadcastableShapes = (): fc.Arbitrary<[number[], number[]]> =>
  shapesWithEmpty(0).chain((common) => {
    const side = fc
      .tuple(
        fc.nat({ max: common.length }),
        fc.array(fc.boolean(), { minLength: common.length, maxLength: common.length }),
      )
      .map(([dropped, ones]) => common.map((extent, i) => (ones[i] && extent > 0 ? 1 : extent)).slice(dropped));
    const whole = fc.constant(common);
    return fc.oneof(fc.tuple(whole, side), fc.tuple(side, whole), fc.tuple(side, side));
  });

/** An axis of a tensor of that rank, counted from either end. */
export const axes = (rank: number): fc.Arbitrary<number> => fc.integer({ min: -rank, max: rank - 1 });

/** Some axes without repetition, counted from the front, in ascending order. */
export const someAxes = (rank: number): fc.Arbitrary<number[]> =>
  fc.subarray(Array.from({ length: rank }, (_, i) => i));

export const permutations = (rank: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: rank }, (_, i) => i),
    { minLength: rank, maxLength: rank },
  );
