import type { Node, Shape, Value } from '../ir/graph';
import { broadcastShape, contiguousStrides } from '../ir/shapes';
import { broadcastIndices, type Numbers } from './indices';
import { arrayFor, type Rule } from './rule';

const flag = (node: Node, name: string): boolean => node.attributes[name] === 1;
const scale = (node: Node, name: string): number =>
  (node.attributes[name] as { float: number } | undefined)?.float ?? 1;

/** Extents of a matrix and the strides of its rows and columns. */
function matrixOf(value: Value, isTransposed: boolean) {
  const [rows, columns] = value.shape.slice(-2) as [number, number];
  return isTransposed
    ? { rows: columns, columns: rows, down: 1, right: columns, size: rows * columns }
    : { rows, columns, down: columns, right: 1, size: rows * columns };
}

/** alpha a b, of the last two axes, those before them broadcast; plus beta c where there is a c, which broadcasts. */
const product: Rule = (node) => {
  const [aValue, bValue, cValue] = node.inputs as [Value, Value, Value | undefined];
  const output = node.outputs[0]!;
  const a = matrixOf(aValue, flag(node, 'transA'));
  const b = matrixOf(bValue, flag(node, 'transB'));
  const [batchA, batchB] = [aValue.shape.slice(0, -2), bValue.shape.slice(0, -2)];
  const batch = broadcastShape(batchA, batchB);
  const [matricesA, matricesB] = [broadcastIndices(batchA, batch), broadcastIndices(batchB, batch)];
  const addends = cValue && broadcastIndices(cValue.shape, output.shape);
  const [alpha, beta] = [scale(node, 'alpha'), scale(node, 'beta')];
  return ([x, y, z]) => {
    const result = arrayFor(output);
    const sums = new Float64Array(b.columns);
    let at = 0;
    matricesA.forEach((matrix, i) => {
      const [startA, startB] = [matrix * a.size, matricesB[i]! * b.size];
      for (let row = 0; row < a.rows; row++) {
        sums.fill(0);
        for (let k = 0; k < a.columns; k++) {
          const factor = x![startA + row * a.down + k * a.right]!;
          const start = startB + k * b.down;
          for (let column = 0; column < b.columns; column++) sums[column]! += factor * y![start + column * b.right]!;
        }
        for (let column = 0; column < b.columns; column++, at++)
          result[at] = alpha * sums[column]! + (addends ? beta * z![addends[at]!]! : 0);
      }
    });
    return [result];
  };
};

/** Calls `visit` with the places of all pairs of a small and a large image that one weight of a filter [out, in / groups, height, width] joins. */
function overFilter(
  { attributes }: Node,
  large: Shape,
  filter: Shape,
  small: Shape,
  visit: (inLarge: number, inFilter: number, inSmall: number) => void,
): void {
  const [strides, dilations, pads] = ['strides', 'dilations', 'pads'].map((name) => attributes[name]) as number[][];
  const group = attributes.group as number;
  const [outputs, perGroup, height, width] = filter as [number, number, number, number];
  const [l, f, s] = [large, filter, small].map((shape) => contiguousStrides(shape)) as [number[], number[], number[]];
  for (let n = 0; n < small[0]!; n++)
    for (let out = 0; out < outputs; out++)
      for (let c = 0; c < perGroup; c++) {
        const channel = Math.floor((out * group) / outputs) * perGroup + c;
        for (let i = 0; i < height; i++)
          for (let j = 0; j < width; j++)
            for (let y = 0; y < small[2]!; y++)
              for (let x = 0; x < small[3]!; x++) {
                const row = y * strides![0]! + i * dilations![0]! - pads![0]!;
                const column = x * strides![1]! + j * dilations![1]! - pads![1]!;
                if (row < 0 || row >= large[2]! || column < 0 || column >= large[3]!) continue;
                visit(
                  n * l[0]! + channel * l[1]! + row * l[2]! + column,
                  out * f[0]! + c * f[1]! + i * f[2]! + j,
                  n * s[0]! + out * s[1]! + y * s[2]! + x,
                );
              }
      }
}

/** Sums into the small image, or, transposed, into the large one. */
const convolution =
  (isTransposed: boolean): Rule =>
  (node) => {
    const [image, filter] = node.inputs.map((input) => input!.shape) as [Shape, Shape];
    const output = node.outputs[0]!;
    const [large, small] = isTransposed ? [output.shape, image] : [image, output.shape];
    return ([x, weights]) => {
      const sums = new Float64Array(arrayFor(output).length);
      overFilter(node, large, filter, small, (inLarge, inFilter, inSmall) => {
        const [to, from] = isTransposed ? [inLarge, inSmall] : [inSmall, inLarge];
        sums[to]! += x![from]! * weights![inFilter]!;
      });
      return [Float32Array.from(sums) as Numbers];
    };
  };

export const productRules: Readonly<Record<string, Rule>> = {
  MatMul: product,
  FusedMatMul: product,
  Gemm: product,
  Conv: convolution(false),
  ConvTranspose: convolution(true),
};
