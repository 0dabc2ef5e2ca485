import fc from 'fast-check';
import { reductionLowerings } from '../../../../src/engine/trace/lowerings/reduction';
import { testLowerings, type KernelCase } from '../../support/kernels';
import { axes, shapes, shapesWithEmpty, someAxes, tensor, type Type } from '../../support/tensors';

/** Reductions over some axes, all of them, or none. */
const reduction = (types: readonly Type[], nameOfAxes = 'axis', shape = shapes()): KernelCase => ({
  calls: fc.tuple(shape, fc.constantFrom(...types), fc.boolean()).chain(([extents, dtype, keepDims]) =>
    fc.tuple(tensor(extents, dtype), someAxes(extents.length)).map(([x, some]) => ({
      inputs: { x },
      attributes: { [nameOfAxes]: some, keepDims },
    })),
  ),
  tolerance: 1e-5,
});

const alongOne = (types: readonly Type[]): KernelCase => ({
  calls: fc
    .tuple(shapes(1), fc.constantFrom(...types))
    .chain(([shape, dtype]) =>
      fc.tuple(tensor(shape, dtype), axes(shape.length)).map(([x, axis]) => ({ inputs: { x }, attributes: { axis } })),
    ),
  tolerance: 1e-5,
});

/** TensorFlow.js resolves a negative axis before it calls the kernel of a cumulative sum or product. */
const cumulative = (types: readonly Type[]): KernelCase => ({
  calls: fc
    .tuple(shapes(1), fc.constantFrom(...types), fc.boolean(), fc.boolean())
    .chain(([shape, dtype, exclusive, reverse]) =>
      fc.tuple(tensor(shape, dtype), fc.nat({ max: shape.length - 1 })).map(([x, axis]) => ({
        inputs: { x },
        attributes: { axis, exclusive, reverse },
      })),
    ),
  tolerance: 1e-5,
});

testLowerings(reductionLowerings, {
  All: reduction(['bool']),
  Any: reduction(['bool']),
  ArgMax: alongOne(['float32', 'int32']),
  ArgMin: alongOne(['float32', 'int32']),
  Cumprod: cumulative(['float32', 'int32']),
  Cumsum: cumulative(['float32', 'int32']),
  Max: reduction(['float32', 'int32'], 'reductionIndices'),
  Mean: reduction(['float32', 'int32', 'bool']),
  Min: reduction(['float32', 'int32']),
  Prod: reduction(['float32', 'int32'], 'axis', shapesWithEmpty()),
  Sum: reduction(['float32', 'int32', 'bool'], 'axis', shapesWithEmpty()),
});
