import { fillOf, indicesOf, producer, sameShape, type Graph, type Value } from '../ir/graph';
import { broadcastShape } from '../ir/shapes';
import { elementwiseOperators } from './elementwise';
import { rewrite, type Rule } from './rewrite';

/** The gradient of a sum or mean repeats what it is given by multiplying with ones; say so: x * ones[shape] -> Expand(x). */
const recogniseExpansion: Rule = ({ operator, inputs: [a, b], outputs: [output] }, graph) => {
  if (operator !== 'Mul' || sameShape(a!.shape, b!.shape)) return undefined;
  if (fillOf(b) === 1) return [graph.expand(a!, output!.shape)];
  return fillOf(a) === 1 ? [graph.expand(b!, output!.shape)] : undefined;
};

/** Repeating an extent of 1 is expanding it. */
const recogniseTile: Rule = ({ operator, inputs: [x, repeats], outputs: [output] }, graph) => {
  if (operator !== 'Tile') return undefined;
  return indicesOf(repeats)!.every((times, axis) => times === 1 || x!.shape[axis] === 1)
    ? [graph.expand(x!, output!.shape)]
    : undefined;
};

const unexpanded = (value: Value): Value => producer(value, 'Expand')?.inputs[0] ?? value;

/**
 * An elementwise operator broadcasts its inputs itself, so an expanded one may stay small: x + Expand(y) -> x + y.
 * Where all inputs are small the result is expanded instead, and the operator works on fewer elements.
 */
const expandLater: Rule = ({ operator, domain, inputs, attributes, outputs: [output] }, graph) => {
  if (!elementwiseOperators.has(operator)) return undefined;
  const small = inputs.map((input) => unexpanded(input!));
  if (small.every((input, i) => input === inputs[i])) return undefined;
  const shape = broadcastShape(...small.map((input) => input.shape));
  const { dtype } = output!;
  return [graph.expand(graph.one(operator, small, { shape, dtype }, attributes, domain), output!.shape)];
};

/** What is expanded is reduced first. A sum over expanded extents is a multiple; a mean, maximum or minimum is no change. */
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

/** Keeps what is repeated small for as long as possible. */
export const broadcastingRules: readonly Rule[] = [
  recogniseExpansion,
  recogniseTile,
  expandLater,
  reduceBeforeExpanding,
];
export const delayBroadcasting = (graph: Graph): Graph => rewrite(graph, broadcastingRules);
