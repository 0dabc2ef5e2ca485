import { fillOf, indicesOf, sizeOf, type Node, type Value } from '../../ir/graph';
import { contiguousStrides, fromFront } from '../../ir/shapes';
import { bytesOf } from './views';

/** A call of a function of the runtime: its sizes, and the values it reads in their own order. */
export interface Call {
  readonly name: (typeof callNames)[number];
  readonly sizes: readonly number[];
  readonly inputs: readonly Value[];
  /** Whether it can add to its output; a last size then tells it to. */
  readonly adds?: boolean;
}

/** Functions in the order of `CALLS` in runtime/calls.h. */
export const callNames = [
  'gather',
  'extreme_position',
  'cumulative_sum',
  'extremes',
  'gather_blocks',
  'scatter_blocks',
  'scatter_elements',
  'reflect',
  'integer_product',
  'convolution',
  'look_up',
  'sum_rows',
  'copy',
] as const;

const bytesPerElement = ({ dtype }: Value): number => bytesOf(dtype === 'int64' ? 'int32' : dtype);
const isInteger = ({ dtype }: Value): number => Number(dtype !== 'float32');

/** [outer, along, inner] of a shape around an axis. */
const around = ({ shape }: Value, axis: number): number[] => {
  const at = fromFront(axis, shape.length);
  return [sizeOf(shape.slice(0, at)), shape[at]!, sizeOf(shape.slice(at + 1))];
};
const position =
  (sign: 1 | -1) =>
  ({ inputs: [x], attributes }: Node): Call => ({
    name: 'extreme_position',
    inputs: [x!],
    sizes: [...around(x!, attributes.axis as number), sign, isInteger(x!)],
  });

/** [count, depth, bytes of a block, extents] for indices [..., depth] into the first dimensions of x. */
const blocks = (x: Value, indices: Value): number[] => {
  const depth = indices.shape.at(-1)!;
  return [
    sizeOf(indices.shape) / depth,
    depth,
    sizeOf(x.shape.slice(depth)) * bytesPerElement(x),
    ...x.shape.slice(0, depth),
  ];
};

/** Strides of a factor: of its rows and columns, and along each dimension of the batch. */
function stridesOf({ shape }: Value, isTransposed: boolean, batch: readonly number[]) {
  const strides = contiguousStrides(shape);
  const [row, column] = isTransposed ? strides.slice(-2).reverse() : strides.slice(-2);
  const missing = batch.length - (shape.length - 2);
  const along = (axis: number): number => (axis < 0 || shape[axis] === 1 ? 0 : strides[axis]!);
  return { matrix: [row!, column!], batch: batch.map((_, axis) => along(axis - missing)) };
}
const integerProduct = ({
  inputs: [a, b],
  outputs: [output],
  attributes: { transA, transB },
}: Node): Call | undefined => {
  if (output!.dtype !== 'int32') return undefined;
  const batch = output!.shape.slice(0, -2);
  const [left, right] = [stridesOf(a!, transA === 1, batch), stridesOf(b!, transB === 1, batch)];
  const inner = a!.shape.at(transA === 1 ? -2 : -1)!;
  return {
    name: 'integer_product',
    inputs: [a!, b!],
    sizes: [
      ...output!.shape.slice(-2),
      inner,
      ...left.matrix,
      ...right.matrix,
      batch.length,
      ...batch,
      ...left.batch,
      ...right.batch,
    ],
  };
};

/** Of two spatial dimensions, without a bias: as lowerings make them. */
const convolution =
  (back: boolean) =>
  ({ inputs, outputs: [output], attributes }: Node): Call | undefined => {
    const [given, filter] = inputs as [Value, Value];
    if (inputs.length !== 2 || output!.shape.length !== 4) return undefined;
    const [x, y] = back ? [output!, given] : [given, output!];
    const { group, strides, dilations, pads } = attributes as Record<string, number> &
      Record<'strides' | 'dilations' | 'pads', number[]>;
    return {
      name: 'convolution',
      inputs: [given, filter],
      sizes: [
        Number(back),
        x.shape[0]!,
        y.shape[1]!,
        x.shape[1]!,
        group!,
        ...[x, y, filter].flatMap(({ shape }) => shape.slice(2)),
        ...strides,
        ...dilations,
        ...pads.slice(0, 2),
      ],
    };
  };

/** Operators that are neither loops nor products: what they call in the runtime, if it can do what they ask. */
export const calls: Readonly<Record<string, (node: Node) => Call | undefined>> = {
  ArgMax: position(1),
  ArgMin: position(-1),
  Conv: convolution(false),
  ConvTranspose: convolution(true),
  CumSum: ({ inputs: [x, axis], attributes: { exclusive, reverse } }) => ({
    name: 'cumulative_sum',
    inputs: [x!],
    sizes: [...around(x!, fillOf(axis) ?? indicesOf(axis)![0]!), exclusive as number, reverse as number, isInteger(x!)],
  }),
  FusedMatMul: integerProduct,
  Gather: ({ inputs: [x, indices], attributes }) => ({
    name: 'gather',
    inputs: [x!, indices!],
    sizes: [...around(x!, attributes.axis as number), sizeOf(indices!.shape), bytesPerElement(x!)],
  }),
  GatherND: ({ inputs: [x, indices] }) => ({
    name: 'gather_blocks',
    inputs: [x!, indices!],
    sizes: blocks(x!, indices!),
  }),
  LookUp: ({ inputs: [table, indices, bias] }) => ({
    name: 'look_up',
    inputs: bias ? [table!, indices!, bias] : [table!, indices!],
    sizes: [...table!.shape, ...indices!.shape, Number(bias !== undefined)],
  }),
  MatMul: integerProduct,
  Pad: ({ inputs: [x, amounts], outputs: [output], attributes }) => {
    if (attributes.mode !== 'reflect') return undefined;
    const rank = x!.shape.length;
    return {
      name: 'reflect',
      inputs: [x!],
      sizes: [rank, bytesPerElement(x!), ...x!.shape, ...output!.shape, ...indicesOf(amounts)!.slice(0, rank)],
    };
  },
  ScatterElements: ({ inputs, attributes: { axis, reduction } }) => {
    const [x, indices, updates] = inputs as [Value, Value, Value];
    if (!['add', 'none'].includes(reduction as string) || x.dtype === 'bool') return undefined;
    const rank = x.shape.length;
    return {
      name: 'scatter_elements',
      inputs: [x, indices, updates],
      sizes: [
        fromFront(axis as number, rank),
        Number(reduction === 'add'),
        isInteger(x),
        rank,
        ...x.shape,
        ...indices.shape,
      ],
    };
  },
  ScatterND: ({ inputs: [x, indices, updates], attributes: { reduction } }) =>
    reduction === 'none'
      ? { name: 'scatter_blocks', inputs: [x!, indices!, updates!], sizes: blocks(x!, indices!) }
      : undefined,
  SumRows: ({ inputs: [x, indices], outputs: [output] }) => ({
    name: 'sum_rows',
    inputs: [x!, indices!],
    sizes: [...output!.shape, ...indices!.shape],
    adds: true,
  }),
  TopK: ({ inputs: [x, count], attributes: { axis, largest } }) => ({
    name: 'extremes',
    inputs: [x!],
    sizes: [...around(x!, axis as number), indicesOf(count)![0]!, largest === 0 ? -1 : 1, isInteger(x!)],
  }),
};
