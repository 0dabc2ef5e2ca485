import { indicesOf, type Node } from '../ir/graph';
import { contiguousStrides, fromFront, range } from '../ir/shapes';
import { around, broadcastIndices, everywhere, indicesAt, type Coordinates, type Numbers } from './indices';
import { arrayFor, type Rule } from './rule';

function read(x: Numbers, places: Int32Array, result: Numbers, outside = 0): Numbers {
  for (let i = 0; i < places.length; i++) result[i] = places[i]! < 0 ? outside : x[places[i]!]!;
  return result;
}

/** Reads the first input at these places; what is outside is the third input, or 0. */
function reading({ outputs: [output] }: Node, places: Int32Array): ReturnType<Rule> {
  return ([x, , outside]) => [read(x!, places, arrayFor(output!), outside?.[0])];
}

const picking =
  (coordinates: (node: Node, shape: readonly number[]) => Coordinates): Rule =>
  (node) => {
    const { shape } = node.inputs[0]!;
    return reading(node, indicesAt(coordinates(node, shape), contiguousStrides(shape)));
  };

/** from, from + stride, ... up to but without `to`, both counted from the back where they are negative. */
function slice(extent: number, from: number, to: number, stride: number): number[] {
  const [least, most] = stride > 0 ? [0, extent] : [-1, extent - 1];
  const inside = (at: number) => Math.min(Math.max(at < 0 ? at + extent : at, least), most);
  return range(Math.max(0, Math.ceil((inside(to) - inside(from)) / stride))).map((i) => inside(from) + i * stride);
}

const reflected = (at: number, extent: number): number => {
  const period = Math.max(1, 2 * (extent - 1));
  const within = ((at % period) + period) % period;
  return within < extent ? within : period - within;
};

/** Numbers of the rows that index vectors [..., depth] address when the first `depth` axes are flattened. */
function rowsAt(positions: Numbers, node: Node): { rows: number[]; width: number } {
  const { shape } = node.inputs[0]!;
  const depth = node.inputs[1]!.shape.at(-1)!;
  const width = around(shape, depth - 1).inner;
  const strides = contiguousStrides(shape.slice(0, depth));
  const rows = range(positions.length / depth).map((row) =>
    strides.reduce((sum, stride, axis) => {
      const at = positions[row * depth + axis]!;
      return sum + stride * (at < 0 ? at + shape[axis]! : at);
    }, 0),
  );
  return { rows, width };
}

export const layoutRules: Readonly<Record<string, Rule>> = {
  Reshape:
    () =>
    ([x]) => [x!],
  Transpose: (node) => {
    const { shape } = node.inputs[0]!;
    const permutation = node.attributes.perm as readonly number[];
    const strides = contiguousStrides(shape);
    const turned = permutation.map((axis) => strides[axis]!);
    return reading(node, indicesAt(everywhere(node.outputs[0]!.shape), turned));
  },
  Expand: (node) => reading(node, broadcastIndices(node.inputs[0]!.shape, node.outputs[0]!.shape)),
  Tile: picking((node, shape) =>
    node.outputs[0]!.shape.map((extent, axis) => range(extent).map((at) => at % shape[axis]!)),
  ),
  Slice: picking(({ inputs }, shape) => {
    const [begin, end, axes, strides] = inputs.slice(1).map(indicesOf) as [number[], number[], number[], number[]];
    const coordinates = everywhere(shape);
    axes.forEach((axis, i) => (coordinates[axis] = slice(shape[axis]!, begin[i]!, end[i]!, strides[i]!)));
    return coordinates;
  }),
  Pad: picking(({ inputs, outputs, attributes }, shape) => {
    const before = indicesOf(inputs[1])!;
    const inside = (at: number, extent: number) => (at >= 0 && at < extent ? at : -1);
    const source = attributes.mode === 'reflect' ? reflected : inside;
    return outputs[0]!.shape.map((extent, axis) => range(extent).map((at) => source(at - before[axis]!, shape[axis]!)));
  }),
  Concat: ({ inputs, outputs: [output], attributes }) => {
    const axis = fromFront(attributes.axis as number, output!.shape.length);
    const whole = around(output!.shape, axis);
    const widths = inputs.map((part) => part!.shape[axis]! * whole.inner);
    return (parts) => {
      const result = arrayFor(output!);
      let start = 0;
      parts.forEach((part, i) => {
        const width = widths[i]!;
        for (let outer = 0; outer < whole.outer; outer++)
          result.set(
            part!.subarray(outer * width, (outer + 1) * width) as never,
            outer * whole.extent * whole.inner + start,
          );
        start += width;
      });
      return [result];
    };
  },
  Split: ({ inputs, outputs, attributes }) => {
    const { shape } = inputs[0]!;
    const axis = fromFront(attributes.axis as number, shape.length);
    let start = 0;
    const places = outputs.map((output) => {
      const coordinates = everywhere(shape);
      coordinates[axis] = range(output.shape[axis]!).map((at) => start + at);
      start += output.shape[axis]!;
      return indicesAt(coordinates, contiguousStrides(shape));
    });
    return ([x]) => outputs.map((output, part) => read(x!, places[part]!, arrayFor(output)));
  },
  Gather: ({ inputs, outputs: [output], attributes }) => {
    const { shape } = inputs[0]!;
    const { outer, extent, inner } = around(shape, fromFront(attributes.axis as number, shape.length));
    return ([x, places]) => {
      const result = arrayFor(output!);
      let to = 0;
      for (let before = 0; before < outer; before++)
        for (const place of places!) {
          const from = (before * extent + (place < 0 ? place + extent : place)) * inner;
          for (let i = 0; i < inner; i++) result[to++] = x![from + i]!;
        }
      return [result];
    };
  },
  GatherND:
    (node) =>
    ([x, positions]) => {
      const { rows, width } = rowsAt(positions!, node);
      return [
        arrayFor(node.outputs[0]!).map(
          (_: number, i: number) => x![rows[Math.floor(i / width)]! * width + (i % width)]!,
        ),
      ];
    },
  ScatterND:
    (node) =>
    ([x, positions, updates]) => {
      const { rows, width } = rowsAt(positions!, node);
      const result = x!.slice();
      rows.forEach((row, at) => result.set(updates!.subarray(at * width, (at + 1) * width) as never, row * width));
      return [result];
    },
  /** Along the first axis, as the only one that is used. */
  ScatterElements: ({ inputs, attributes }) => {
    const { inner } = around(inputs[0]!.shape, 0);
    return ([x, rows, updates]) => {
      const result = x!.slice();
      for (let i = 0; i < updates!.length; i++) {
        const at = rows![i]! * inner + (i % inner);
        result[at] = attributes.reduction === 'add' ? result[at]! + updates![i]! : updates![i]!;
      }
      return [result];
    };
  },
};
