import { indicesOf, type Node, sizeOf, type Shape, type Value } from '../../engine/ir/graph';
import { broadcastStrides, contiguousStrides, fromFront } from '../../engine/ir/shapes';

/** Something known of every element of a value, as numbers: one for all of them, or one each. */
export type Elements = number | Int32Array;

export const elementAt = (elements: Elements, index: number): number =>
  typeof elements === 'number' ? elements : elements[index]!;

/** One number, where all elements have the same. */
export function compact(elements: Int32Array): Elements {
  const first = elements[0];
  if (first === undefined) return 0;
  return elements.every((element) => element === first) ? first : elements;
}

/** Indices of all elements of a shape, in order, along strides of their own. */
export function* walk(shape: Shape, strides: readonly number[], start = 0): Generator<number> {
  const size = sizeOf(shape);
  const at = new Array<number>(shape.length).fill(0);
  for (let count = 0, index = start; count < size; count++) {
    yield index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index += strides[axis]!;
      if (++at[axis]! < shape[axis]!) break;
      index -= strides[axis]! * shape[axis]!;
      at[axis] = 0;
    }
  }
}

const taken = (elements: Elements, indices: Iterable<number>, size: number): Elements => {
  if (typeof elements === 'number') return elements;
  const result = new Int32Array(size);
  let at = 0;
  for (const index of indices) result[at++] = elements[index]!;
  return compact(result);
};

/** Stretched to a shape as elementwise operators do. */
export function broadcast(elements: Elements, from: Shape, to: Shape): Elements {
  if (typeof elements === 'number' || sizeOf(from) === sizeOf(to)) return elements;
  return taken(elements, walk(to, broadcastStrides(from, contiguousStrides(from), to)), sizeOf(to));
}

/** Elements that a node only moves, for every output; undefined for a node that does more than that. */
export function moved(node: Node, input: (value: Value) => Elements, filler: number): readonly Elements[] | undefined {
  const [x] = node.inputs as readonly Value[];
  const [y] = node.outputs as readonly [Value];
  const size = sizeOf(y.shape);
  const from = (strides: readonly number[], start = 0) => [taken(input(x!), walk(y.shape, strides, start), size)];
  switch (node.operator) {
    case 'Identity':
    case 'Reshape':
    case 'Squeeze':
    case 'Unsqueeze':
    case 'Flatten':
      return [input(x!)];
    case 'Expand':
      return [broadcast(input(x!), x!.shape, y.shape)];
    case 'Transpose': {
      const strides = contiguousStrides(x!.shape);
      return from((node.attributes.perm as readonly number[]).map((axis) => strides[axis]!));
    }
    case 'Slice':
      return sliced(node, input(x!));
    case 'Split':
      return split(node, input(x!));
    case 'Tile':
      return [taken(input(x!), tiled(x!.shape, y.shape), size)];
    case 'Concat':
      return [concatenated(node, input)];
    case 'Pad':
      return padded(node, input(x!), filler);
    default:
      return undefined;
  }
}

function sliced({ inputs, outputs }: Node, elements: Elements): readonly Elements[] | undefined {
  const [x, ...bounds] = inputs as readonly Value[];
  const [starts, , axes, steps] = bounds.map((bound) => indicesOf(bound));
  if (!starts || (bounds[2] && !axes) || (bounds[3] && !steps)) return undefined;
  const strides = contiguousStrides(x!.shape);
  const along = [...strides];
  let start = 0;
  (axes ?? starts.map((_, i) => i)).forEach((axis, i) => {
    const own = fromFront(axis, x!.shape.length);
    const extent = x!.shape[own]!;
    const step = steps?.[i] ?? 1;
    const first = starts[i]! < 0 ? starts[i]! + extent : starts[i]!;
    start += Math.min(Math.max(first, 0), extent - (step < 0 ? 1 : 0)) * strides[own]!;
    along[own] = strides[own]! * step;
  });
  return [taken(elements, walk(outputs[0]!.shape, along, start), sizeOf(outputs[0]!.shape))];
}

function split({ inputs, outputs, attributes }: Node, elements: Elements): readonly Elements[] {
  const strides = contiguousStrides(inputs[0]!.shape);
  const axis = fromFront(attributes.axis as number, strides.length);
  let before = 0;
  return outputs.map(({ shape }) => {
    const part = taken(elements, walk(shape, strides, before * strides[axis]!), sizeOf(shape));
    before += shape[axis]!;
    return part;
  });
}

function* tiled(from: Shape, to: Shape): Generator<number> {
  const strides = contiguousStrides(from);
  const own = contiguousStrides(to);
  for (let i = 0; i < sizeOf(to); i++) {
    yield from.reduce(
      (sum, extent, axis) => sum + ((Math.floor(i / own[axis]!) % to[axis]!) % extent) * strides[axis]!,
      0,
    );
  }
}

function concatenated({ inputs, outputs, attributes }: Node, input: (value: Value) => Elements): Elements {
  const [y] = outputs as readonly [Value];
  const strides = contiguousStrides(y.shape);
  const axis = fromFront(attributes.axis as number, strides.length);
  const result = new Int32Array(sizeOf(y.shape));
  let before = 0;
  for (const part of inputs as readonly Value[]) {
    const elements = input(part);
    let i = 0;
    for (const at of walk(part.shape, strides, before * strides[axis]!)) result[at] = elementAt(elements, i++);
    before += part.shape[axis]!;
  }
  return compact(result);
}

function padded(
  { inputs, outputs, attributes }: Node,
  elements: Elements,
  filler: number,
): readonly Elements[] | undefined {
  const amounts = indicesOf(inputs[1]);
  if (!amounts || attributes.mode !== 'constant' || amounts.some((amount) => amount < 0)) return undefined;
  const [x, y] = [inputs[0]!, outputs[0]!];
  const strides = contiguousStrides(y.shape);
  const result = new Int32Array(sizeOf(y.shape)).fill(filler);
  const start = strides.reduce((sum, stride, axis) => sum + stride * amounts[axis]!, 0);
  let i = 0;
  for (const at of walk(x.shape, strides, start)) result[at] = elementAt(elements, i++);
  return [compact(result)];
}
