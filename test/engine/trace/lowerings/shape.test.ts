import fc from 'fast-check';
import { shapeLowerings } from '../../../../src/engine/trace/lowerings/shape';
import { testLowerings, type KernelCall, type KernelCase } from '../../support/kernels';
import {
  axes,
  floats,
  permutations,
  shapes,
  shapesWithEmpty,
  someAxes,
  tensor,
  type Type,
} from '../../support/tensors';

const types = fc.constantFrom<Type>('float32', 'int32', 'bool');

/** A tensor `x` of any type, with attributes that depend on its shape. */
const withAttributes = (
  attributes: (shape: number[]) => fc.Arbitrary<object>,
  shape = shapesWithEmpty(),
  of = types,
): KernelCase => ({
  calls: fc
    .tuple(shape, of)
    .chain(([extents, dtype]) =>
      fc.tuple(tensor(extents, dtype), attributes(extents)).map(([x, attrs]) => ({ inputs: { x }, attributes: attrs })),
    ),
});

const each = <T>(shape: readonly number[], item: (extent: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.tuple(...shape.map(item)) as never;
const paddings = (shape: readonly number[], most: (extent: number) => number) =>
  each(shape, (extent) => fc.tuple(fc.nat({ max: most(extent) }), fc.nat({ max: most(extent) })));

/** Several tensors equal but for one extent. */
const concatenation: fc.Arbitrary<KernelCall> = fc
  .tuple(shapes(1), types, fc.integer({ min: 1, max: 3 }))
  .chain(([shape, dtype, count]) =>
    axes(shape.length).chain((axis) => {
      const along = (axis + shape.length) % shape.length;
      const part = fc.nat({ max: 3 }).chain((extent) =>
        tensor(
          shape.map((size, i) => (i === along ? extent : size)),
          dtype,
        ),
      );
      return fc.array(part, { minLength: count, maxLength: count }).map((inputs) => ({ inputs, attributes: { axis } }));
    }),
  );

const stackable: fc.Arbitrary<KernelCall> = fc
  .tuple(shapesWithEmpty(0, 3), types, fc.integer({ min: 1, max: 3 }))
  .chain(([shape, dtype, count]) =>
    fc
      .tuple(fc.array(tensor(shape, dtype), { minLength: count, maxLength: count }), fc.nat({ max: shape.length }))
      .map(([inputs, axis]) => ({ inputs, attributes: { axis } })),
  );

/** Blocks of 2 over one spatial dimension: x [batch, time, width]. */
const blocks = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));

/** From one position to a later one (earlier if going backwards), each counted from either end. */
const strides = (extent: number) =>
  fc.tuple(axes(extent), axes(extent), fc.constantFrom(1, 2, -1, -2)).map(([one, other, stride]) => {
    const position = (axis: number) => (axis + extent) % extent;
    const [first, last] = position(one) <= position(other) ? [one, other] : [other, one];
    return stride > 0 ? { begin: first, end: last, stride } : { begin: last, end: first, stride };
  });

testLowerings(shapeLowerings, {
  BatchToSpaceND: {
    calls: blocks
      .chain(([batch, time, width]) =>
        fc.tuple(tensor([2 * batch, time, width]), fc.constantFrom([0, 0], [1, 0], [0, 1])),
      )
      .map(([x, crop]) => ({ inputs: { x }, attributes: { blockShape: [2], crops: [crop] } })),
  },
  Cast: withAttributes(() => fc.constantFrom({ dtype: 'float32' }, { dtype: 'int32' }, { dtype: 'bool' })),
  Concat: { calls: concatenation },
  ExpandDims: {
    calls: shapesWithEmpty(0).chain((shape) =>
      fc
        .tuple(tensor(shape), fc.integer({ min: -shape.length - 1, max: shape.length }))
        .map(([input, dim]) => ({ inputs: { input }, attributes: { dim } })),
    ),
  },
  Identity: withAttributes(() => fc.constant({})),
  MirrorPad: withAttributes(
    (shape) =>
      fc.constantFrom('reflect', 'symmetric').chain((mode) =>
        paddings(shape, (extent) => (mode === 'reflect' ? extent - 1 : extent)).map((list) => ({
          paddings: list,
          mode,
        })),
      ),
    shapes(1, 3),
    fc.constantFrom<Type>('float32', 'int32'),
  ),
  Pack: { calls: stackable },
  PadV2: withAttributes(
    (shape) => paddings(shape, () => 2).map((list) => ({ paddings: list, constantValue: 1 })),
    shapes(1),
  ),
  Reshape: withAttributes(
    (shape) => fc.constantFrom([-1], [1, -1], [...shape].reverse(), [...shape, 1]).map((to) => ({ shape: to })),
    shapes(),
  ),
  Reverse: withAttributes((shape) => someAxes(shape.length).map((dims) => ({ dims }))),
  Slice: withAttributes((shape) =>
    each(shape, (extent) =>
      fc.nat({ max: extent }).chain((from) => fc.integer({ min: -1, max: extent - from }).map((size) => [from, size])),
    ).map((list) => ({ begin: list.map(([from]) => from), size: list.map(([, size]) => size) })),
  ),
  SpaceToBatchND: {
    calls: blocks
      .chain(([batch, time, width]) =>
        fc.tuple(tensor([batch, 2 * time, width]), fc.constantFrom([0, 0], [1, 1], [2, 0])),
      )
      .map(([x, padding]) => ({ inputs: { x }, attributes: { blockShape: [2], paddings: [padding] } })),
  },
  SplitV: withAttributes(
    (shape) =>
      axes(shape.length).chain((axis) => {
        const extent = shape.at(axis)!;
        return fc
          .nat({ max: extent })
          .map((first) => ({ axis, numOrSizeSplits: first % 2 ? extent : [first, extent - first] }));
      }),
    shapes(1),
  ),
  StridedSlice: withAttributes(
    (shape) =>
      each(shape, strides).chain((list) =>
        fc
          .record({
            beginMask: fc.nat({ max: 3 }),
            endMask: fc.nat({ max: 3 }),
            shrinkAxisMask: fc.constantFrom(0, 0, 1),
            newAxisMask: fc.constantFrom(0, 0, 2),
          })
          .map((masks) => ({
            begin: list.map(({ begin }) => begin),
            end: list.map(({ end }) => end),
            // With a picked dimension, TensorFlow.js `cpu` takes wrong elements for strides other than 1.
            strides: list.map(({ stride }) => (masks.shrinkAxisMask ? 1 : stride)),
            ellipsisMask: 0,
            ...masks,
          })),
      ),
    shapes(1, 3),
    fc.constantFrom<Type>('float32', 'int32'),
  ),
  Tile: withAttributes(
    (shape) => each(shape, () => fc.integer({ min: 1, max: 3 })).map((reps) => ({ reps })),
    shapes(1),
  ),
  Transpose: withAttributes((shape) => permutations(shape.length).map((perm) => ({ perm }))),
  Unpack: {
    calls: fc
      .tuple(shapes(1), types)
      .chain(([shape, dtype]) =>
        fc
          .tuple(tensor(shape, dtype, dtype === 'float32' ? floats() : undefined), axes(shape.length))
          .map(([value, axis]) => ({ inputs: { value }, attributes: { axis } })),
      ),
  },
});
