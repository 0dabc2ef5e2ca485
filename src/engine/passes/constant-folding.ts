import { fillOf, indicesOf, type Graph, type Node, type Value } from '../ir/graph';
import { rewrite, type Rule } from './rewrite';

/** Elementwise operators on numbers, as engines compute them. */
export const unary: Readonly<Record<string, (x: number) => number>> = {
  Abs: Math.abs,
  Exp: Math.exp,
  Identity: (x) => x,
  Log: Math.log,
  Neg: (x) => -x,
  Not: (x) => Number(!x),
  Reciprocal: (x) => 1 / x,
  Relu: (x) => Math.max(x, 0),
  Sign: Math.sign,
  Sqrt: Math.sqrt,
};

export const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  And: (a, b) => Number(a && b),
  Div: (a, b) => a / b,
  Equal: (a, b) => Number(a === b),
  Greater: (a, b) => Number(a > b),
  GreaterOrEqual: (a, b) => Number(a >= b),
  Less: (a, b) => Number(a < b),
  LessOrEqual: (a, b) => Number(a <= b),
  Max: Math.max,
  Min: Math.min,
  Mul: (a, b) => a * b,
  Or: (a, b) => Number(a || b),
  Sub: (a, b) => a - b,
};

/** Operators that only move or repeat elements, so that they make a fill of a fill. */
const moving: ReadonlySet<string> = new Set([
  'Reshape',
  'Transpose',
  'Expand',
  'Slice',
  'Tile',
  'Cast',
  'Split',
  'Gather',
]);
const reductions: ReadonlySet<string> = new Set(['ReduceMean', 'ReduceMax', 'ReduceMin']);

/** The number that all elements of a node's outputs have, if it follows from the inputs. */
function foldedNumber(node: Node): number | undefined {
  const { operator, inputs } = node;
  const [first, second] = inputs.map(fillOf);
  if (first === undefined) return undefined;
  if (moving.has(operator) || reductions.has(operator)) return first;
  if (operator === 'ReduceSum') {
    const axes = indicesOf(inputs[1])!;
    return first * axes.reduce((count, axis) => count * inputs[0]!.shape[axis]!, 1);
  }
  if (operator === 'Concat') return inputs.every((input) => Object.is(fillOf(input), first)) ? first : undefined;
  if (operator === 'Div' && second === 0) return undefined;
  if (inputs.length === 1) return unary[operator]?.(first);
  return second === undefined ? undefined : binary[operator]?.(first, second);
}

const foldFills: Rule = (node, graph) => {
  const number = foldedNumber(node);
  if (number === undefined) return undefined;
  return node.outputs.map(({ shape, dtype }) => graph.fill(number, shape, dtype));
};

/** Elementwise operators that onnxruntime broadcasts itself, so that a fill may shrink to a scalar. */
const broadcasting: ReadonlySet<string> = new Set([...Object.keys(binary), 'Pow', 'Mod', 'Where']);

/** x + fill[shape] -> x + scalar, where another input already has the full shape. */
const shrinkFills: Rule = ({ operator, domain, inputs, attributes, outputs: [output] }, graph) => {
  if (!broadcasting.has(operator)) return undefined;
  const isWholeShape = (value: Value | null) => fillOf(value) === undefined && sameExtents(value!, output!);
  const shrinkable = (value: Value | null) => fillOf(value) !== undefined && value!.shape.length > 0;
  if (!inputs.some(shrinkable) || !inputs.some(isWholeShape)) return undefined;
  const shrunk = inputs.map((value) => (shrinkable(value) ? graph.scalar(fillOf(value)!, value!.dtype) : value));
  return graph.node(operator, shrunk, [output!], attributes, domain);
};

const sameExtents = (a: Value, b: Value): boolean =>
  a.shape.length === b.shape.length && a.shape.every((extent, axis) => extent === b.shape[axis]);

/**
 * Computes at compile time what depends only on constants of one number (zeros, ones, the gradient of a mean), without
 * writing those constants out.
 */
export const foldingRules: readonly Rule[] = [foldFills, shrinkFills];
export const foldConstants = (graph: Graph): Graph => rewrite(graph, foldingRules);
