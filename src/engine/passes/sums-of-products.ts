import { sameShape, type Graph, type Node, type Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { nodeOf, plainProductOf } from './matrix-products';
import { countUses, rewrite, type Context, type Rule } from './rewrite';
import { simplifications } from './simplify';

/** Fewer terms than this are not worth gathering. */
const fewest = 3;

/**
 * The terms of a tree of additions whose partial sums are used nowhere else. The term that was added last comes first,
 * which is the order of time, since a backward pass starts at the last step.
 */
function termsOf(sum: Node, uses: Context['uses']): Value[] {
  const terms: Value[] = [];
  const open = [...sum.inputs] as Value[];
  for (let value = open.pop(); value; value = open.pop()) {
    const node = nodeOf(value);
    const isPartialSum =
      node?.operator === 'Add' &&
      uses(value) === 1 &&
      node.inputs.every((input) => sameShape(input!.shape, value!.shape));
    if (isPartialSum) open.push(...(node.inputs as Value[]));
    else terms.push(value);
  }
  return terms;
}

/** Whether a term is a weight gradient: a^T b of matrices, used once. */
function isWeightGradient(term: Value, uses: Context['uses']): boolean {
  const product = plainProductOf(nodeOf(term));
  return product !== undefined && product.transposeA && !product.transposeB && uses(term) === 1;
}

/** a_1^T b_1 + a_2^T b_2 + ... = [a_1; a_2; ...]^T [b_1; b_2; ...] */
function mergedProduct(graph: Operators, terms: readonly Value[], renew: (value: Value) => Value): Value {
  const products = terms.map((term) => plainProductOf(nodeOf(term))!);
  const a = graph.concat(
    products.map((product) => renew(product.a)),
    0,
  );
  const b = graph.concat(
    products.map((product) => renew(product.b)),
    0,
  );
  return graph.matrixProduct(a, b, true, false);
}

function mergeRules(graph: Graph): readonly Rule[] {
  const uses = countUses(graph);
  const partial = new Set<Value>();
  for (const node of [...graph.nodes].reverse()) {
    const [output] = node.outputs;
    const isSum = node.operator === 'Add' && node.inputs.every((input) => sameShape(input!.shape, output!.shape));
    if (isSum) for (const input of node.inputs) if (uses(input!) === 1) partial.add(input!);
  }
  const merge: Rule = (_node, building, { old, renew }) => {
    if (old.operator !== 'Add' || partial.has(old.outputs[0]!)) return undefined;
    const terms = termsOf(old, uses);
    const isGradient = (term: Value) => isWeightGradient(term, uses) && sameShape(term.shape, old.outputs[0]!.shape);
    const gradients = terms.filter(isGradient);
    if (gradients.length < fewest) return undefined;
    const others = terms.filter((term) => !isGradient(term));
    const whole = mergedProduct(building, gradients, renew);
    return [others.reduce((sum, term) => building.add(sum, renew(term)), whole)];
  };
  return [merge, ...simplifications];
}

/**
 * The gradient of a recurrent weight is a sum of one small product per step. One product over the whole sequence
 * computes it at once, at the speed of large matrices.
 */
export const mergeSumsOfProducts = (graph: Graph): Graph => rewrite(graph, mergeRules);
