import {
  type BatchMatMulAttrs,
  type EinsumAttrs,
  type SoftmaxAttrs,
  type _FusedMatMulAttrs,
  backend_util,
} from '@tensorflow/tfjs-core';
import { sizeOf, type Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import { inserted } from '../../ir/shapes';
import type { LoweringTable } from '../backend';
import { activate } from './activation';

/** Matrix product; a sum over nothing is 0. */
function product(g: Operators, a: Value, b: Value, transposeA: boolean, transposeB: boolean): Value {
  const result = g.matrixProduct(a, b, transposeA, transposeB);
  return sizeOf(a.shape) === 0 || sizeOf(b.shape) === 0 ? g.fill(0, result.shape, result.dtype) : result;
}

/**
 * The terms are brought to one order of dimensions and multiplied; each dimension is summed away as soon as
 * nothing later needs it. Sums over one shared dimension of two terms are matrix products only if written as such.
 */
function einsum(g: Operators, terms: Value[], equation: string): Value {
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, terms.length);
  const { path, steps } = backend_util.getEinsumComputePath(summedDims, idDims);
  let remaining = allDims.length;
  let result: Value | undefined;
  steps.forEach((step, i) => {
    for (const term of step) {
      const { permutationIndices, expandDims } = backend_util.getEinsumPermutation(remaining, idDims[term]!);
      const ordered = g.transpose(terms[term]!, permutationIndices);
      const aligned = g.reshape(
        ordered,
        expandDims.reduce((shape, at) => inserted(shape, at, 1), [...ordered.shape]),
      );
      result = result ? g.multiply(aligned, result) : aligned;
    }
    if (path[i]! >= 0) {
      result = g.reduce('ReduceSum', result!, path[i]! - (allDims.length - remaining));
      remaining--;
    }
  });
  return result!;
}

export const matrixLowerings: LoweringTable = {
  BatchMatMul: (g, { a, b }: Record<'a' | 'b', Value>, { transposeA, transposeB }: BatchMatMulAttrs) =>
    product(g, a, b, transposeA, transposeB),
  Einsum: (g, terms: Record<string, Value>, { equation }: EinsumAttrs) => einsum(g, Object.values(terms), equation),
  Softmax: (g, { logits }: Record<'logits', Value>, { dim }: SoftmaxAttrs) => g.softmax(g.cast(logits, 'float32'), dim),
  _FusedMatMul: (
    g,
    inputs: Record<'a' | 'b', Value> & Partial<Record<'bias' | 'preluActivationWeights', Value>>,
    attributes: _FusedMatMulAttrs,
  ) => {
    const { a, b, bias, preluActivationWeights } = inputs;
    const plain = product(g, a, b, attributes.transposeA, attributes.transposeB);
    const biased = bias ? g.add(plain, bias) : plain;
    return activate(g, biased, attributes.activation, preluActivationWeights, attributes.leakyreluAlpha);
  },
};
