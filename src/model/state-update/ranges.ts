import { fillOf, type Graph, indicesOf, type Node, producer, sizeOf, type Value } from '../../engine/ir/graph';
import { axesOf, fromFront } from '../../engine/ir/shapes';

/** Closed interval that every element of a value lies in, whatever the parameters, tokens and states are. */
export type Range = readonly [number, number];

export const anything: Range = [-Infinity, Infinity];
export const hull = (a: Range, b: Range): Range => [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
export const plus = (a: Range, b: Range): Range => [a[0] + b[0], a[1] + b[1]];
export const negative = (a: Range): Range => [0 - a[1], 0 - a[0]];
/** 0 times anything is 0. */
export function times(a: Range, b: Range): Range {
  const corners = a.flatMap((x) => b.map((y) => (x === 0 || y === 0 ? 0 : x * y)));
  return [Math.min(...corners), Math.max(...corners)];
}
/** Of a sum of any number of such numbers. */
export const summed = ([low, high]: Range): Range => [low >= 0 ? 0 : -Infinity, high <= 0 ? 0 : Infinity];
const reciprocal = ([low, high]: Range): Range =>
  low >= 0
    ? [high === Infinity ? 0 : 1 / high, 1 / low]
    : high <= 0
      ? negative(reciprocal(negative([low, high])))
      : anything;
const monotone =
  (f: (x: number) => number) =>
  ([a]: readonly Range[]): Range => [f(a![0]), f(a![1])];
const within = (low: number, high: number) => (): Range => [low, high];

function absolute([low, high]: Range): Range {
  if (low >= 0) return [low, high];
  return high <= 0 ? [-high, -low] : [0, Math.max(-low, high)];
}

/** Of elementwise operators and others that say something of their result. */
const rules: Readonly<Record<string, (ranges: readonly Range[], node: Node) => Range>> = {
  Abs: ([a]) => absolute(a!),
  Add: ([a, b]) => plus(a!, b!),
  And: within(0, 1),
  Concat: (ranges) => ranges.reduce(hull),
  Div: ([a, b]) => times(a!, reciprocal(b!)),
  Elu: ([a]) => [
    Math.max(-1, Math.expm1(Math.min(0, a![0]))) + Math.max(0, a![0]),
    a![1] > 0 ? a![1] : Math.expm1(a![1]),
  ],
  Equal: within(0, 1),
  Erf: within(-1, 1),
  Exp: monotone(Math.exp),
  Greater: within(0, 1),
  GreaterOrEqual: within(0, 1),
  Less: within(0, 1),
  LessOrEqual: within(0, 1),
  Log: monotone((x) => (x > 0 ? Math.log(x) : -Infinity)),
  Max: ([a, b]) => [Math.max(a![0], b![0]), Math.max(a![1], b![1])],
  Min: ([a, b]) => [Math.min(a![0], b![0]), Math.min(a![1], b![1])],
  Mul: ([a, b], { inputs }) => (inputs[0] === inputs[1] ? times(absolute(a!), absolute(a!)) : times(a!, b!)),
  Neg: ([a]) => negative(a!),
  Not: within(0, 1),
  Or: within(0, 1),
  Pad: ([a]) => hull(a!, [0, 0]),
  ReduceSum: ([a], node) => (isShareOfOne(node) ? [0, 1] : summed(a!)),
  Reciprocal: ([a]) => reciprocal(a!),
  Relu: monotone((x) => Math.max(0, x)),
  Cos: within(-1, 1),
  Sigmoid: monotone((x) => 1 / (1 + Math.exp(-x))),
  Sin: within(-1, 1),
  Softmax: within(0, 1),
  Softplus: monotone((x) => (x > 30 ? x : Math.log1p(Math.exp(x)))),
  Sqrt: monotone((x) => Math.sqrt(Math.max(0, x))),
  Sub: ([a, b], node) => (isRoundingError(node) ? [0, 0] : plus(a!, negative(b!))),
  Tanh: monotone(Math.tanh),
  Where: ([, a, b]) => hull(a!, b!),
};
/** y - ((y + c) - c), which a softplus adds: 0 but for rounding. */
function isRoundingError({ inputs: [y, other] }: Node): boolean {
  const back = producer(other, 'Sub');
  const there = producer(back?.inputs[0], 'Add');
  const c = fillOf(back?.inputs[1]);
  return (
    c !== undefined && there !== undefined && there.inputs.includes(y!) && there.inputs.some((x) => fillOf(x) === c)
  );
}

/** A sum of some of the elements of a softmax, along its axis. */
function isShareOfOne({ inputs: [x, axes], attributes }: Node): boolean {
  const sliced = producer(x, 'Slice')?.inputs[0] ?? x;
  const softmax = producer(sliced, 'Softmax');
  if (!softmax || !x) return false;
  const along = axesOf(indicesOf(axes) ?? (attributes.axes as readonly number[] | undefined), x.shape.length);
  return String(along) === String([fromFront(softmax.attributes.axis, x.shape.length)]);
}

/** Results are elements of the first input, or means of them. */
const elementsOfFirst: ReadonlySet<string> = new Set(
  'Cast Expand Gather GatherElements GatherND ReduceMax ReduceMean ReduceMin Reshape Slice Split Tile Transpose'.split(
    ' ',
  ),
);

function ofConstant(value: Value): Range {
  if (value.source.kind !== 'constant') return anything;
  const { content } = value.source;
  if ('fill' in content) return [content.fill, content.fill];
  if (content.data.length === 0) return anything;
  let range: Range = [Infinity, -Infinity];
  for (const element of content.data) range = hull(range, [Number(element), Number(element)]);
  return range;
}

/** Of every value of a graph, by its id. */
export class Ranges {
  private readonly known = new Map<number, Range>();
  private readonly masks = new Set<number>();

  constructor(graph: Graph) {
    for (const node of graph.nodes) {
      const inputs = node.inputs.filter((input): input is Value => input !== null);
      const ranges = inputs.map((input) => this.of(input));
      const range = elementsOfFirst.has(node.operator) ? ranges[0]! : rules[node.operator]?.(ranges, node);
      const sane = range && !range.some(Number.isNaN) ? range : anything;
      for (const output of node.outputs) {
        this.known.set(output.id, sane);
        if (this.keepsMask(node)) this.masks.add(output.id);
      }
    }
  }

  of(value: Value): Range {
    return this.known.get(value.id) ?? ofConstant(value);
  }

  /** Whether every element is 0 or 1. */
  isMask(value: Value | null | undefined): boolean {
    if (!value) return false;
    if (value.dtype === 'bool' || this.masks.has(value.id)) return true;
    if (value.source.kind !== 'constant' || sizeOf(value.shape) === 0) return false;
    const { content } = value.source;
    return 'fill' in content
      ? isBit(content.fill)
      : content.data.every((element: number | bigint) => isBit(Number(element)));
  }

  private keepsMask({ operator, inputs }: Node): boolean {
    if (operator === 'Mul' || operator === 'Concat') return inputs.every((input) => this.isMask(input));
    if (operator === 'Sub') return fillOf(inputs[0]) === 1 && this.isMask(inputs[1]);
    return elementsOfFirst.has(operator) && operator !== 'ReduceMean' && this.isMask(inputs[0]);
  }
}
const isBit = (x: number): boolean => x === 0 || x === 1;
