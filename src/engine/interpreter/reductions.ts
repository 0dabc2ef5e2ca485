import { indicesOf, type Node } from '../ir/graph';
import { contiguousStrides, fromFront, range } from '../ir/shapes';
import { around, everywhere, indicesAt } from './indices';
import { arrayFor, type Rule } from './rule';

/** Folds all elements along some axes; `finish` is told how many there were. */
const reduction =
  (start: number, fold: (sum: number, x: number) => number, finish = (sum: number, _count: number) => sum): Rule =>
  ({ inputs: [x, axes], outputs: [output] }) => {
    const { shape } = x!;
    const along = indicesOf(axes)?.map((axis) => fromFront(axis, shape.length)) ?? range(shape.length);
    const kept = shape.map((extent, axis) => (along.includes(axis) ? 1 : extent));
    const strides = contiguousStrides(kept).map((stride, axis) => (along.includes(axis) ? 0 : stride));
    const targets = indicesAt(everywhere(shape), strides);
    return ([numbers]) => {
      const result = arrayFor(output!);
      const sums = new Float64Array(result.length).fill(start);
      for (let i = 0; i < targets.length; i++) sums[targets[i]!] = fold(sums[targets[i]!]!, numbers![i]!);
      for (let i = 0; i < result.length; i++) result[i] = finish(sums[i]!, targets.length / result.length);
      return [result];
    };
  };

/** Visits the lines along an axis: `place(i)` is where the i-th element of a line lies. */
function alongLines(
  node: Node,
  axis: number,
  visit: (place: (i: number) => number, extent: number, line: number) => void,
) {
  const { shape } = node.inputs[0]!;
  const { outer, extent, inner } = around(shape, fromFront(axis, shape.length));
  for (let line = 0; line < outer * inner; line++) {
    const start = Math.floor(line / inner) * extent * inner + (line % inner);
    visit((i) => start + i * inner, extent, line);
  }
}

/** Position of the first element that is beyond all others. */
const position =
  (isBeyond: (a: number, b: number) => boolean): Rule =>
  (node) =>
  ([x]) => {
    const result = arrayFor(node.outputs[0]!);
    alongLines(node, node.attributes.axis as number, (place, extent, line) => {
      let best = 0;
      for (let i = 1; i < extent; i++) if (isBeyond(x![place(i)]!, x![place(best)]!)) best = i;
      result[line] = best;
    });
    return [result];
  };

export const reductionRules: Readonly<Record<string, Rule>> = {
  ReduceSum: reduction(0, (sum, x) => sum + x),
  ReduceMean: reduction(
    0,
    (sum, x) => sum + x,
    (sum, count) => sum / count,
  ),
  ReduceProd: reduction(1, (product, x) => product * x),
  ReduceMax: reduction(-Infinity, Math.max),
  ReduceMin: reduction(Infinity, Math.min),
  ArgMax: position((a, b) => a > b),
  ArgMin: position((a, b) => a < b),
  CumSum: (node) => {
    const [axis] = indicesOf(node.inputs[1]) as [number];
    const { exclusive, reverse } = node.attributes;
    return ([x]) => {
      const result = arrayFor(node.outputs[0]!);
      alongLines(node, axis, (place, extent) => {
        let sum = 0;
        for (let i = 0; i < extent; i++) {
          const at = place(reverse ? extent - 1 - i : i);
          result[at] = exclusive ? sum : sum + x![at]!;
          sum += x![at]!;
        }
      });
      return [result];
    };
  },
  /** exp(x - max(x)) / sum(exp(x - max(x))) */
  Softmax:
    (node) =>
    ([x]) => {
      const result = arrayFor(node.outputs[0]!);
      alongLines(node, node.attributes.axis as number, (place, extent) => {
        let [most, sum] = [-Infinity, 0];
        for (let i = 0; i < extent; i++) most = Math.max(most, x![place(i)]!);
        for (let i = 0; i < extent; i++) sum += result[place(i)] = Math.exp(x![place(i)]! - most);
        for (let i = 0; i < extent; i++) result[place(i)]! /= sum;
      });
      return [result];
    },
  /** (x - mean) / sqrt(variance + epsilon) gain + bias over the last axes, and mean and 1 / deviation */
  LayerNormalization: ({ inputs: [type], outputs, attributes }) => {
    const axis = fromFront(attributes.axis as number, type!.shape.length);
    const size = around(type!.shape, axis).extent * around(type!.shape, axis).inner;
    const { float: epsilon } = attributes.epsilon as { float: number };
    return ([x, gain, bias]) => {
      const results = [0, 1, 2].map((at) => (outputs[at] ? arrayFor(outputs[at]) : []));
      for (let row = 0; row * size < x!.length; row++) {
        const numbers = x!.subarray(row * size, (row + 1) * size);
        let [sum, squares] = [0, 0];
        for (const number of numbers) sum += number;
        const mean = sum / size;
        for (const number of numbers) squares += (number - mean) ** 2;
        const inverse = 1 / Math.sqrt(squares / size + epsilon);
        for (let i = 0; i < size; i++)
          results[0]![row * size + i] = (numbers[i]! - mean) * inverse * gain![i]! + (bias?.[i] ?? 0);
        [results[1]![row], results[2]![row]] = [mean, inverse];
      }
      return results.slice(0, outputs.length) as ReturnType<typeof arrayFor>[];
    };
  },
  /** The largest of the last axis, largest first, equal ones in their order; and where they were. */
  TopK:
    (node) =>
    ([x]) => {
      const [values, places] = node.outputs.map(arrayFor);
      const count = node.outputs[0]!.shape.at(-1)!;
      alongLines(node, -1, (place, extent, line) => {
        const order = range(extent).sort((a, b) => x![place(b)]! - x![place(a)]! || a - b);
        for (let i = 0; i < count; i++) {
          values![line * count + i] = x![place(order[i]!)]!;
          places![line * count + i] = order[i]!;
        }
      });
      return [values!, places!];
    },
};
