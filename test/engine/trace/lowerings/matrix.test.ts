import fc from 'fast-check';
import { matrixLowerings } from '../../../../src/engine/trace/lowerings/matrix';
import type { HostTensor } from '../../support/engines';
import { testLowerings } from '../../support/kernels';
import { shapes, shapesWithEmpty, tensor, type Type } from '../../support/tensors';

const extent = fc.integer({ min: 1, max: 5 });

interface ProductCall {
  readonly inputs: Readonly<Record<'a' | 'b', HostTensor>>;
  readonly attributes: { readonly transposeA: boolean; readonly transposeB: boolean };
}

/** Matrices whose batch dimensions are equal, or missing on one side. */
const products = (types: readonly Type[], inner = extent): fc.Arbitrary<ProductCall> =>
  fc
    .record({
      batch: shapes(0, 2),
      missing: fc.constantFrom('neither', 'a', 'b'),
      rows: extent,
      inner,
      columns: extent,
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      dtype: fc.constantFrom(...types),
    })
    .chain(({ batch, missing, rows, inner: middle, columns, transposeA, transposeB, dtype }) => {
      const a = [...(missing === 'a' ? [] : batch), ...(transposeA ? [middle, rows] : [rows, middle])];
      const b = [...(missing === 'b' ? [] : batch), ...(transposeB ? [columns, middle] : [middle, columns])];
      return fc
        .record({ a: tensor(a, dtype), b: tensor(b, dtype) })
        .map((inputs) => ({ inputs, attributes: { transposeA, transposeB } }));
    });

const contractions: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'ij,jk->ik': [
    [2, 3],
    [3, 4],
  ],
  'bthd,bshd->bhts': [
    [2, 3, 2, 4],
    [2, 5, 2, 4],
  ],
  'bhts,bshd->bthd': [
    [2, 2, 3, 5],
    [2, 5, 2, 4],
  ],
  'ij->ji': [[2, 3]],
  'ij->': [[2, 3]],
  'i,j->ij': [[3], [4]],
  'bi,bi->b': [
    [2, 3],
    [2, 3],
  ],
};

testLowerings(matrixLowerings, {
  BatchMatMul: {
    calls: fc.oneof(products(['float32', 'int32']), products(['float32'], fc.constant(0))),
    tolerance: 1e-5,
  },
  Einsum: {
    calls: fc
      .constantFrom(...Object.keys(contractions))
      .chain((equation) =>
        fc
          .tuple(...contractions[equation]!.map((shape) => tensor(shape)))
          .map((inputs) => ({ inputs, attributes: { equation } })),
      ),
    tolerance: 1e-5,
  },
  Softmax: {
    calls: shapesWithEmpty(1).chain((shape) =>
      tensor(shape).map((logits) => ({ inputs: { logits }, attributes: { dim: shape.length - 1 } })),
    ),
  },
  _FusedMatMul: {
    calls: fc
      .tuple(
        products(['float32']),
        fc.boolean(),
        fc.constantFrom('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu', undefined),
      )
      .chain(([{ inputs, attributes }, withBias, activation]) => {
        const columns = inputs.b.shape.at(attributes.transposeB ? -2 : -1)!;
        return fc.tuple(tensor([columns]), tensor([columns])).map(([bias, preluActivationWeights]) => ({
          inputs: {
            ...inputs,
            ...(withBias ? { bias } : {}),
            ...(activation === 'prelu' ? { preluActivationWeights } : {}),
          },
          attributes: { ...attributes, activation, leakyreluAlpha: 0.3 },
        }));
      }),
    tolerance: 1e-5,
  },
});
