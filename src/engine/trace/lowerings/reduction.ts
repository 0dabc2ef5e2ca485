import type { AllAttrs, ArgMaxAttrs, CumsumAttrs, MaxAttrs, SumAttrs } from '@tensorflow/tfjs-core';
import { sizeOf, type Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import { axesOf, fromFront, reducedShape } from '../../ir/shapes';
import type { Lowering, LoweringTable } from '../backend';

type Unary = Record<'x', Value>;
type AxisAttributes = Pick<SumAttrs, 'axis' | 'keepDims'>;

/** A reduction over nothing is its neutral element; onnxruntime does not define it everywhere. */
function reduce(g: Operators, operator: string, x: Value, { axis, keepDims }: AxisAttributes, neutral: number): Value {
  if (sizeOf(x.shape) > 0) return g.reduce(operator, x, axis, keepDims);
  return g.fill(neutral, reducedShape(x.shape, axesOf(axis, x.shape.length), keepDims), x.dtype);
}

/** Booleans are counted as integers. */
const numbers = (g: Operators, x: Value): Value => (x.dtype === 'bool' ? g.cast(x, 'int32') : x);

/** Type is kept. */
const reduction =
  (operator: string, neutral: number): Lowering =>
  (g, { x }: Unary, attributes: AxisAttributes) =>
    g.cast(reduce(g, operator, numbers(g, x), attributes, neutral), x.dtype);

/** Position of the first extreme value. */
const position =
  (operator: string): Lowering =>
  (g, { x }: Unary, { axis }: ArgMaxAttrs) => {
    const [along] = axesOf(axis, x.shape.length) as [number];
    const shape = reducedShape(x.shape, [along], false);
    return g.cast(g.one(operator, [numbers(g, x)], { shape, dtype: 'int64' }, { axis: along, keepdims: 0 }), 'int32');
  };

/** Product of all elements up to each one, by doubling: after k rounds every element covers 2^k of them. */
const cumulativeProduct: Lowering = (g, { x }: Unary, { axis, exclusive, reverse }: CumsumAttrs) => {
  const along = fromFront(axis, x.shape.length);
  const extent = x.shape[along]!;
  const shifted = (value: Value, by: number): Value => {
    const from = (offset: number) => value.shape.map((_, i) => (i === along ? offset : 0));
    const to = (end: number) => value.shape.map((size, i) => (i === along ? end : size));
    const kept = reverse ? g.slice(value, from(by), to(extent)) : g.slice(value, from(0), to(extent - by));
    return g.pad(
      kept,
      value.shape.map((_, i) => (i !== along ? [0, 0] : reverse ? [0, by] : [by, 0])),
      1,
    );
  };
  let product = numbers(g, x);
  if (exclusive) product = shifted(product, Math.min(1, extent));
  for (let covered = 1; covered < extent; covered *= 2) product = g.multiply(product, shifted(product, covered));
  return product;
};

export const reductionLowerings: LoweringTable = {
  All: reduction('ReduceMin', 1),
  Any: reduction('ReduceMax', 0),
  ArgMax: position('ArgMax'),
  ArgMin: position('ArgMin'),
  Cumprod: cumulativeProduct,
  Cumsum: (g, { x }: Unary, { axis, exclusive, reverse }: CumsumAttrs) =>
    g.one(
      'CumSum',
      [numbers(g, x), g.scalar(fromFront(axis, x.shape.length), 'int64')],
      {
        shape: x.shape,
        dtype: numbers(g, x).dtype,
      },
      { exclusive: Number(exclusive), reverse: Number(reverse) },
    ),
  Max: (g, inputs: Unary, { reductionIndices, keepDims }: MaxAttrs) =>
    reduction('ReduceMax', -Infinity)(g, inputs, { axis: reductionIndices, keepDims }),
  Mean: (g, { x }: Unary, attributes: AllAttrs) => reduce(g, 'ReduceMean', g.cast(x, 'float32'), attributes, 0),
  Min: reduction('ReduceMin', Infinity),
  Prod: (g, { x }: Unary, attributes: AxisAttributes) => reduce(g, 'ReduceProd', numbers(g, x), attributes, 1),
  Sum: (g, { x }: Unary, attributes: AxisAttributes) => reduce(g, 'ReduceSum', numbers(g, x), attributes, 0),
};
