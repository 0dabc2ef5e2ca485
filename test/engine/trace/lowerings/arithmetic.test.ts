import fc from 'fast-check';
import { arithmeticLowerings } from '../../../../src/engine/trace/lowerings/arithmetic';
import { testLowerings, type KernelCase } from '../../support/kernels';
import { anyFloats, broadcastableShapes, elements, shapes, tensor, type Type } from '../../support/tensors';

/** Two operands that broadcast, of one type. */
const operands = (
  types: readonly Type[] = ['float32', 'int32'],
  element: (dtype: Type) => fc.Arbitrary<number> = elements,
  divisor = element,
  names: readonly [string, string] = ['a', 'b'],
): KernelCase => ({
  calls: fc.tuple(broadcastableShapes(), fc.constantFrom(...types)).chain(([[left, right], dtype]) =>
    fc.tuple(tensor(left, dtype, element(dtype)), tensor(right, dtype, divisor(dtype))).map(([a, b]) => ({
      inputs: { [names[0]]: a, [names[1]]: b },
    })),
  ),
});

const numbers = operands();
const withInfinities = operands(['float32', 'int32'], (dtype) => (dtype === 'float32' ? anyFloats() : elements(dtype)));
const nonZero = (dtype: Type) => elements(dtype).filter((number) => Math.abs(number) > 0.01);
/** The angle of (-0, 0) depends on the sign of a zero, which onnxruntime does not keep everywhere. */
const withoutNegativeZero = (dtype: Type) => elements(dtype).map((number) => number + 0);
/** Quarters divide without rounding, so both sides see the same side of an integer. */
const quarters = () => fc.integer({ min: -16, max: 16 }).map((count) => count / 4);
const exactQuotients = (dtype: Type) => (dtype === 'float32' ? quarters() : elements(dtype));
const divisors = (dtype: Type) => (dtype === 'float32' ? fc.constantFrom(-2, -0.5, 0.25, 1, 4) : nonZero(dtype));

testLowerings(arithmeticLowerings, {
  Add: withInfinities,
  AddN: {
    calls: fc
      .tuple(shapes(), fc.constantFrom<Type>('float32', 'int32'), fc.integer({ min: 1, max: 4 }))
      .chain(([shape, dtype, count]) =>
        fc.array(tensor(shape, dtype), { minLength: count, maxLength: count }).map((inputs) => ({ inputs })),
      ),
  },
  Atan2: operands(['float32'], withoutNegativeZero),
  FloorDiv: operands(['float32', 'int32'], exactQuotients, divisors),
  Maximum: withInfinities,
  Minimum: withInfinities,
  Mod: operands(['float32', 'int32'], exactQuotients, divisors),
  Multiply: operands(['float32', 'int32', 'bool']),
  Pow: {
    ...operands(['float32', 'int32'], elements, (dtype) =>
      dtype === 'int32' ? fc.integer({ min: 0, max: 4 }) : elements(dtype),
    ),
    tolerance: 1e-5,
  },
  Prelu: operands(['float32'], elements, elements, ['x', 'alpha']),
  RealDiv: operands(['float32'], elements, nonZero),
  SquaredDifference: numbers,
  Sub: withInfinities,
});
