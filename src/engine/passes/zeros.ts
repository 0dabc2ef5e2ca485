import { fillOf, type Graph, type Value } from '../ir/graph';
import { productOf } from './matrix-products';
import { rewrite, type Rule } from './rewrite';
import { simplifications } from './simplify';

const isZero = (value: Value | null | undefined): boolean => fillOf(value) === 0 && value!.dtype === 'float32';

/**
 * 0 x -> 0 and products with a matrix of zeros: recurrences start from a state of zeros, so that the first step's
 * share of the work, forwards and backwards, is none. (x is taken to be finite, as it is in any training that goes on.)
 */
const multiplyByZero: Rule = (node, graph) => {
  const [output] = node.outputs;
  const factors = node.operator === 'Mul' || productOf(node) ? node.inputs : [];
  return factors.some(isZero) ? [graph.fill(0, output!.shape)] : undefined;
};

/** After sums of products are merged: there the zeros of the first step keep the list of states as long as that of gradients. */
export const removeZeros = (graph: Graph): Graph => rewrite(graph, [multiplyByZero, ...simplifications]);
