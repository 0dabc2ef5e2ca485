import fc from 'fast-check';
import { comparisonLowerings } from '../../../../src/engine/trace/lowerings/comparison';
import { testLowerings, type KernelCase } from '../../support/kernels';
import { anyFloats, broadcastableShapes, elements, shapes, tensor, type Type } from '../../support/tensors';

const types: readonly Type[] = ['float32', 'int32', 'bool'];
/** Few different numbers, so that equal ones are common; NaN and infinities among the floats. */
const few = (dtype: Type) =>
  dtype === 'float32'
    ? fc.oneof(anyFloats(), fc.constantFrom(0, 1))
    : dtype === 'int32'
      ? fc.integer({ min: -2, max: 2 })
      : elements(dtype);

const operands = (of: readonly Type[]): KernelCase => ({
  calls: fc
    .tuple(broadcastableShapes(), fc.constantFrom(...of))
    .chain(([[left, right], dtype]) =>
      fc
        .record({ a: tensor(left, dtype, few(dtype)), b: tensor(right, dtype, few(dtype)) })
        .map((inputs) => ({ inputs })),
    ),
});

testLowerings(comparisonLowerings, {
  BitwiseAnd: operands(['int32']),
  Equal: operands(types),
  Greater: operands(types),
  GreaterEqual: operands(types),
  Less: operands(types),
  LessEqual: operands(types),
  LogicalAnd: operands(['bool']),
  LogicalNot: { calls: shapes().chain((shape) => tensor(shape, 'bool').map((x) => ({ inputs: { x } }))) },
  LogicalOr: operands(['bool']),
  NotEqual: operands(types),
  Select: {
    calls: fc
      .tuple(shapes(), fc.constantFrom(...types))
      .chain(([shape, dtype]) =>
        fc
          .record({ condition: tensor(shape, 'bool'), t: tensor(shape, dtype), e: tensor(shape, dtype) })
          .map((inputs) => ({ inputs })),
      ),
  },
});
