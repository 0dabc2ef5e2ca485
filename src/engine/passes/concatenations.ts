import { producer, sameShape, sizeOf, type Graph, type Value } from '../ir/graph';
import { rewrite, type Rule } from './rewrite';

/** Concat of all parts of a Split, in order, is the value that was split. */
const undoSplit: Rule = ({ operator, inputs, attributes }) => {
  const split = operator === 'Concat' ? producer(inputs[0], 'Split') : undefined;
  if (!split || split.attributes.axis !== attributes.axis || split.outputs.length !== inputs.length) return undefined;
  return inputs.every((input, i) => input === split.outputs[i]) ? [split.inputs[0]!] : undefined;
};

/** The value that a Reshape made [1, ...shape] of, if there is one. */
function beforeStacking(value: Value): Value | undefined {
  const source = producer(value, 'Reshape')?.inputs[0];
  const isStacked =
    source && source.shape.length > 0 && value.shape[0] === 1 && sameShape(source.shape, value.shape.slice(1));
  return isStacked ? source : undefined;
}

/**
 * Stacking along the first dimension is concatenation and one Reshape, [t * batch, width] -> [t, batch, width]. That
 * takes fewer nodes than a Reshape for each part, and the concatenation may be there already.
 */
const stackAsConcatenation: Rule = ({ operator, inputs, attributes, outputs: [output] }, graph) => {
  if (operator !== 'Concat' || attributes.axis !== 0 || sizeOf(output!.shape) === 0) return undefined;
  const parts = inputs.flatMap((input) => beforeStacking(input!) ?? []);
  return parts.length === inputs.length ? [graph.reshape(graph.concat(parts, 0), output!.shape)] : undefined;
};

/** Concatenations that need no copy, or fewer nodes. */
export const concatenationRules: readonly Rule[] = [undoSplit, stackAsConcatenation];
export const simplifyConcatenations = (graph: Graph): Graph => rewrite(graph, concatenationRules);
