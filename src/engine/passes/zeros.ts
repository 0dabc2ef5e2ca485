import { fillOf, type Graph, type Value } from '../ir/graph';
import { productOf } from './matrix-products';
import { rewrite, type Rule } from './rewrite';
import { simplifications } from './simplify';

const isZero = (value: Value | null | undefined): boolean => fillOf(value) === 0 && value!.dtype === 'float32';

/**
 * 0 x -> 0, also for products with a matrix of zeros. Recurrences start from a state of zeros, so the first step needs
 * no product with the state, forwards or backwards. x is assumed to be finite, as it is in any training that goes on.
 */
const multiplyByZero: Rule = (node, graph) => {
  const [output] = node.outputs;
  const factors = node.operator === 'Mul' || productOf(node) ? node.inputs : [];
  return factors.some(isZero) ? [graph.fill(0, output!.shape)] : undefined;
};

/**
 * Comes after `mergeSumsOfProducts`, which needs as many states as gradients: the zeros of the first step are one of
 * them.
 */
export const removeZeros = (graph: Graph): Graph => rewrite(graph, [multiplyByZero, ...simplifications]);
