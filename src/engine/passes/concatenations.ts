import { producer, sameShape, sizeOf, type Graph, type Value } from '../ir/graph';
import { rewrite, type Rule } from './rewrite';

/** All parts of a Split, put together again in order, are what was split. */
const undoSplit: Rule = ({ operator, inputs, attributes }) => {
  const split = operator === 'Concat' ? producer(inputs[0], 'Split') : undefined;
  if (!split || split.attributes.axis !== attributes.axis || split.outputs.length !== inputs.length) return undefined;
  return inputs.every((input, i) => input === split.outputs[i]) ? [split.inputs[0]!] : undefined;
};

/** What a value of shape [1, ...shape] was before the extent of 1 was added in front. */
function beforeStacking(value: Value): Value | undefined {
  const source = producer(value, 'Reshape')?.inputs[0];
  const isStacked =
    source && source.shape.length > 0 && value.shape[0] === 1 && sameShape(source.shape, value.shape.slice(1));
  return isStacked ? source : undefined;
}

/**
 * Stacking in front is concatenation and a Reshape of the result, [t, batch, width] being [t * batch, width]: fewer
 * nodes, and the concatenation may be there already.
 */
const stackAsConcatenation: Rule = ({ operator, inputs, attributes, outputs: [output] }, graph) => {
  if (operator !== 'Concat' || attributes.axis !== 0 || sizeOf(output!.shape) === 0) return undefined;
  const parts = inputs.flatMap((input) => beforeStacking(input!) ?? []);
  return parts.length === inputs.length ? [graph.reshape(graph.concat(parts, 0), output!.shape)] : undefined;
};

/** Puts together what can be put together without copying, or at once. */
export const concatenationRules: readonly Rule[] = [undoSplit, stackAsConcatenation];
export const simplifyConcatenations = (graph: Graph): Graph => rewrite(graph, concatenationRules);
