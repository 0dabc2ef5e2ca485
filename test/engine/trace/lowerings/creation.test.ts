import fc from 'fast-check';
import { creationLowerings } from '../../../../src/engine/trace/lowerings/creation';
import { testLowerings, type KernelCase } from '../../support/kernels';
import { shapes, shapesWithEmpty, tensor, type Type } from '../../support/tensors';

const types: readonly Type[] = ['float32', 'int32', 'bool'];
const likeX: KernelCase = {
  calls: fc
    .tuple(shapesWithEmpty(0), fc.constantFrom(...types))
    .chain(([shape, dtype]) => tensor(shape, dtype).map((x) => ({ inputs: { x } }))),
};

testLowerings(creationLowerings, {
  Diag: {
    calls: fc
      .tuple(shapes(1, 2), fc.constantFrom<Type>('float32', 'int32'))
      .chain(([shape, dtype]) => tensor(shape, dtype).map((x) => ({ inputs: { x } }))),
  },
  Fill: {
    calls: fc
      .tuple(
        shapesWithEmpty(0),
        fc.constantFrom({ value: 2.5, dtype: 'float32' }, { value: -3, dtype: 'int32' }, { value: 1, dtype: 'bool' }),
      )
      .map(([shape, attributes]) => ({ inputs: {}, attributes: { shape, ...attributes } })),
  },
  LinSpace: {
    calls: fc
      .record({
        start: fc.constantFrom(-1, 0, 2.5),
        stop: fc.constantFrom(3, 7.25),
        num: fc.integer({ min: 1, max: 9 }),
      })
      .map((attributes) => ({ inputs: {}, attributes })),
  },
  OneHot: {
    calls: fc
      .tuple(
        shapesWithEmpty(0, 3),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom([1, 0], [2, -1]),
        fc.constantFrom('float32', 'int32'),
      )
      .chain(([shape, depth, [onValue, offValue], dtype]) =>
        tensor(shape, 'int32', fc.integer({ min: -2, max: depth + 1 })).map((indices) => ({
          inputs: { indices },
          attributes: { dtype, depth, onValue, offValue },
        })),
      ),
  },
  OnesLike: likeX,
  Range: {
    calls: fc
      .constantFrom(
        { start: 0, stop: 5, step: 1, dtype: 'int32' },
        { start: 4, stop: -3, step: -2, dtype: 'int32' },
        { start: 0, stop: 1, step: 0.25, dtype: 'float32' },
        { start: 3, stop: 3, step: 1, dtype: 'float32' },
      )
      .map((attributes) => ({ inputs: {}, attributes })),
  },
  ZerosLike: likeX,
});
