import { fillOf, indicesOf, producer, sameShape, type Graph, type Value } from '../ir/graph';
import { broadcastShape } from '../ir/shapes';
import { elementwiseOperators } from './elementwise';
import { rewrite, type Rule } from './rewrite';

/** The gradient of a sum or mean repeats a value by multiplying it with ones: x * ones[shape] -> Expand(x). */
const recogniseExpansion: Rule = ({ operator, inputs: [a, b], outputs: [output] }, graph) => {
  if (operator !== 'Mul' || sameShape(a!.shape, b!.shape)) return undefined;
  if (fillOf(b) === 1) return [graph.expand(a!, output!.shape)];
  return fillOf(a) === 1 ? [graph.expand(b!, output!.shape)] : undefined;
};

/** A Tile that repeats only extents of 1 is an Expand. */
const recogniseTile: Rule = ({ operator, inputs: [x, repeats], outputs: [output] }, graph) => {
  if (operator !== 'Tile') return undefined;
  return indicesOf(repeats)!.every((times, axis) => times === 1 || x!.shape[axis] === 1)
    ? [graph.expand(x!, output!.shape)]
    : undefined;
};

const unexpanded = (value: Value): Value => producer(value, 'Expand')?.inputs[0] ?? value;

/**
 * Elementwise operators broadcast their inputs themselves: x + Expand(y) -> x + y. If all inputs are expanded, the
 * result is expanded instead, and the operator works on fewer elements.
 */
const expandLater: Rule = ({ operator, domain, inputs, attributes, outputs: [output] }, graph) => {
  if (!elementwiseOperators.has(operator)) return undefined;
  const small = inputs.map((input) => unexpanded(input!));
  if (small.every((input, i) => input === inputs[i])) return undefined;
  const shape = broadcastShape(...small.map((input) => input.shape));
  const { dtype } = output!;
  return [graph.expand(graph.one(operator, small, { shape, dtype }, attributes, domain), output!.shape)];
};

/**
 * Reduces before it expands. A sum over an expanded extent is a multiple; a mean, maximum or minimum stays the same.
 */
const reduceBeforeExpanding: Rule = ({ operator, inputs: [x, axes], attributes, outputs: [output] }, graph) => {
  const expansion = producer(x, 'Expand');
  if (!expansion || !['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin'].includes(operator)) return undefined;
  const source = expansion.inputs[0]!;
  const missing = x!.shape.length - source.shape.length;
  const aligned = graph.reshape(source, [...new Array<number>(missing).fill(1), ...source.shape]);
  const reduced = indicesOf(axes)!;
  const keepDimensions = attributes.keepdims === 1;
  const result = graph.reduce(operator, aligned, reduced, keepDimensions);
  const times = reduced.reduce((product, axis) => (product * x!.shape[axis]!) / aligned.shape[axis]!, 1);
  const whole = operator === 'ReduceSum' ? graph.multiply(result, graph.scalar(times, result.dtype)) : result;
  return [graph.expand(whole, output!.shape)];
};

/** Expands values as late as possible. */
export const broadcastingRules: readonly Rule[] = [
  recogniseExpansion,
  recogniseTile,
  expandLater,
  reduceBeforeExpanding,
];
export const delayBroadcasting = (graph: Graph): Graph => rewrite(graph, broadcastingRules);
