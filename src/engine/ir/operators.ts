import { GraphBuilder } from './builder';
import {
  sameShape,
  sizeOf,
  type Attributes,
  type Domain,
  type ElementType,
  type Shape,
  type TensorType,
  type Value,
} from './graph';
import { axesOf, broadcastShape, fromFront, range, reducedShape, replaced } from './shapes';

interface Options {
  readonly dtype?: ElementType;
  readonly attributes?: Attributes;
  readonly domain?: Domain;
}

/** ONNX numbers of the element types (onnx.proto, TensorProto.DataType). */
export const elementTypeNumber = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;

/** The ONNX operators the zoo uses, each with the rule for the shape of its result. */
export class Operators extends GraphBuilder {
  one(
    operator: string,
    inputs: readonly (Value | null)[],
    output: TensorType,
    attributes: Attributes = {},
    domain: Domain = '',
  ): Value {
    return this.node(operator, inputs, [output], attributes, domain)[0]!;
  }

  /** Any operator that works on each element apart; shapes broadcast, the type is the last input's. */
  elementwise(operator: string, inputs: readonly Value[], { dtype, attributes, domain }: Options = {}): Value {
    const shape = broadcastShape(...inputs.map((input) => input.shape));
    return this.one(operator, inputs, { shape, dtype: dtype ?? inputs.at(-1)!.dtype }, attributes, domain);
  }
  add = (a: Value, b: Value): Value => this.elementwise('Add', [a, b]);
  subtract = (a: Value, b: Value): Value => this.elementwise('Sub', [a, b]);
  multiply = (a: Value, b: Value): Value => this.elementwise('Mul', [a, b]);
  divide = (a: Value, b: Value): Value => this.elementwise('Div', [a, b]);
  compare = (operator: string, a: Value, b: Value): Value => this.elementwise(operator, [a, b], { dtype: 'bool' });
  where(condition: Value, then: Value, otherwise: Value): Value {
    return this.elementwise('Where', [condition, then, otherwise]);
  }
  cast(x: Value, dtype: ElementType): Value {
    return x.dtype === dtype
      ? x
      : this.elementwise('Cast', [x], { dtype, attributes: { to: elementTypeNumber[dtype] } });
  }

  reshape(x: Value, shape: Shape): Value {
    if (sameShape(x.shape, shape)) return x;
    // With `allowzero`, 0 means 0 and not "as before".
    return this.one('Reshape', [x, this.indices(shape)], { shape, dtype: x.dtype }, { allowzero: 1 });
  }
  transpose(x: Value, permutation: readonly number[]): Value {
    if (permutation.every((from, to) => from === to)) return x;
    const shape = permutation.map((from) => x.shape[from]!);
    return this.one('Transpose', [x], { shape, dtype: x.dtype }, { perm: permutation });
  }
  expand(x: Value, shape: Shape): Value {
    if (sameShape(x.shape, shape)) return x;
    return this.one('Expand', [x, this.indices(shape)], { shape, dtype: x.dtype });
  }
  /**
   * Elements begin, begin + stride, ... up to but without end, on each axis; ends may be before the front (-Infinity).
   */
  slice(
    x: Value,
    begin: readonly number[],
    end: readonly number[],
    strides: readonly number[] = begin.map(() => 1),
  ): Value {
    const shape = begin.map((from, axis) => Math.max(0, Math.ceil((Math.max(end[axis]!, -1) - from) / strides[axis]!)));
    const whole = sameShape(shape, x.shape) && strides.every((stride) => stride === 1);
    if (whole) return x;
    // ONNX counts negative ends from the back, so "before the front" is written as a number below -extent.
    const ends = end.map((to, axis) => (to < 0 ? -x.shape[axis]! - 1 : to));
    const inputs = [x, ...[begin, ends, range(begin.length), strides].map((list) => this.indices(list))];
    return this.one('Slice', inputs, { shape, dtype: x.dtype });
  }
  concat(parts: readonly Value[], axis: number): Value {
    const first = parts[0]!;
    const filled = parts.filter(({ shape }) => sizeOf(shape) > 0);
    if (filled.length === 1) return filled[0]!;
    const extent = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    return this.one('Concat', filled, { shape: replaced(first.shape, axis, extent), dtype: first.dtype }, { axis });
  }
  split(x: Value, extents: readonly number[], axis: number): readonly Value[] {
    if (extents.length === 1) return [x];
    const outputs = extents.map((extent) => ({ shape: replaced(x.shape, axis, extent), dtype: x.dtype }));
    return this.node('Split', [x, this.indices(extents)], outputs, { axis });
  }
  tile(x: Value, repeats: readonly number[]): Value {
    if (repeats.every((repeat) => repeat === 1)) return x;
    const shape = x.shape.map((extent, axis) => extent * repeats[axis]!);
    return this.one('Tile', [x, this.indices(repeats)], { shape, dtype: x.dtype });
  }
  pad(x: Value, paddings: readonly (readonly number[])[], value = 0, mode = 'constant'): Value {
    if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
    const shape = x.shape.map((extent, axis) => extent + paddings[axis]![0]! + paddings[axis]![1]!);
    const amounts = this.indices([...paddings.map(([before]) => before!), ...paddings.map(([, after]) => after!)]);
    const inputs = mode === 'constant' ? [x, amounts, this.scalar(value, x.dtype)] : [x, amounts];
    return this.one('Pad', inputs, { shape, dtype: x.dtype }, { mode });
  }
  gather(x: Value, indices: Value, axis: number): Value {
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return this.one('Gather', [x, indices], { shape, dtype: x.dtype }, { axis });
  }

  /** ReduceSum, ReduceMax, ...: `axes` undefined means all of them. */
  reduce(operator: string, x: Value, axis?: number | readonly number[], keepDimensions = false): Value {
    const axes = axesOf(axis, x.shape.length);
    if (axes.length === 0) return x;
    const output = { shape: reducedShape(x.shape, axes, keepDimensions), dtype: x.dtype };
    return this.one(operator, [x, this.indices(axes)], output, { keepdims: Number(keepDimensions) });
  }

  /** Products of the last two dimensions; those before them broadcast. */
  matrixProduct(a: Value, b: Value, transposeA = false, transposeB = false): Value {
    const rows = a.shape.at(transposeA ? -1 : -2)!;
    const columns = b.shape.at(transposeB ? -2 : -1)!;
    const shape = [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
    if (!transposeA && !transposeB) return this.one('MatMul', [a, b], { shape, dtype: a.dtype });
    if (a.dtype !== 'float32') {
      return this.matrixProduct(transposeA ? this.swapLast(a) : a, transposeB ? this.swapLast(b) : b);
    }
    const attributes = { transA: Number(transposeA), transB: Number(transposeB) };
    return this.one('FusedMatMul', [a, b], { shape, dtype: a.dtype }, attributes, 'com.microsoft');
  }
  swapLast(x: Value): Value {
    const rank = x.shape.length;
    return this.transpose(x, [...range(rank - 2), rank - 1, rank - 2]);
  }

  softmax(x: Value, axis: number): Value {
    return this.elementwise('Softmax', [x], { attributes: { axis: fromFront(axis, x.shape.length) } });
  }
}
