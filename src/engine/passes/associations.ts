import type { Graph, Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { nodeOf, plainProductOf, type Product } from './matrix-products';
import { rewrite, type Context, type Rule } from './rewrite';
import { simplifications } from './simplify';

/** A product must become cheaper than this share of itself for the order to change. */
const worthwhile = 0.75;

/** A product of matrices as it is computed, its factors' extents as they are used, transposed or not. */
interface Matrices extends Product {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

function matricesOf(value: Value): Matrices | undefined {
  const product = plainProductOf(nodeOf(value));
  if (!product) return undefined;
  const [rows, columns] = value.shape as [number, number];
  return { ...product, rows, columns, inner: product.a.shape[product.transposeA ? 0 : 1]! };
}

const multiplications = (rows: number, inner: number, columns: number): number => rows * inner * columns;

/** (op(l) (a b)) with a b computed for this alone, or (a b) op(r): the product of three that it is. */
interface Chain {
  readonly outer: Matrices;
  readonly product: Matrices;
  readonly usedElsewhere: boolean;
}

/** (a b) r -> a (b r), and for the gradient of r: (a b)^T d -> b^T (a^T d) */
function fromTheLeft(graph: Operators, { outer, product }: Chain): Value | undefined {
  const { rows, inner, columns } = outer;
  const between = product.inner;
  const after = multiplications(between, inner, columns) + multiplications(rows, between, columns);
  if (after > worthwhile * multiplications(rows, inner, columns)) return undefined;
  if (outer.transposeA) {
    // (a b)^T d: the rows of a b are what is summed over.
    const first = graph.matrixProduct(product.a, outer.b, !product.transposeA, outer.transposeB);
    return graph.matrixProduct(product.b, first, !product.transposeB, false);
  }
  const first = graph.matrixProduct(product.b, outer.b, product.transposeB, outer.transposeB);
  return graph.matrixProduct(product.a, first, product.transposeA, false);
}

/** l (a b) -> (l a) b, where a b is computed for nothing else */
function fromTheRight(graph: Operators, { outer, product, usedElsewhere }: Chain): Value | undefined {
  if (outer.transposeB || usedElsewhere) return undefined;
  const { rows, inner, columns } = outer;
  const between = product.inner;
  const before = multiplications(rows, inner, columns) + multiplications(inner, between, columns);
  const after = multiplications(rows, inner, between) + multiplications(rows, between, columns);
  if (after > worthwhile * before) return undefined;
  const first = graph.matrixProduct(outer.a, product.a, outer.transposeA, product.transposeA);
  return graph.matrixProduct(first, product.b, false, product.transposeB);
}

/**
 * Products of three matrices in the cheaper order. Alphabets are small: one-hot tokens times the embedding times the
 * weights of the first layer are one small table, read with the tokens, and the gradients of embedding and weights come
 * from the one product of tokens and gradients.
 */
const associate: Rule = (node, graph, { old, uses }: Context) => {
  const outer = node.outputs[0] && matricesOf(node.outputs[0]);
  if (!outer) return undefined;
  const [left, right] = [matricesOf(outer.a), matricesOf(outer.b)];
  const chain = (product: Matrices, at: 0 | 1): Chain => ({
    outer,
    product,
    usedElsewhere: uses(old.inputs[at]!) !== 1,
  });
  const result = (left && fromTheLeft(graph, chain(left, 0))) ?? (right && fromTheRight(graph, chain(right, 1)));
  return result && [result];
};

export const associateProducts = (graph: Graph): Graph => rewrite(graph, [associate, ...simplifications]);
