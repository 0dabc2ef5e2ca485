import type { Graph, Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { nodeOf, plainProductOf, type Product } from './matrix-products';
import { rewrite, type Context, type Rule } from './rewrite';
import { simplifications } from './simplify';

/** The order changes only if that leaves less than this share of the multiplications. */
const worthwhile = 0.75;

/** A product of matrices: [rows, inner] times [inner, columns], after its factors are transposed. */
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

/** A product of three matrices: `outer` is l (a b) or (a b) r, and `product` is a b. */
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
    // (a b)^T d sums over the rows of a b.
    const first = graph.matrixProduct(product.a, outer.b, !product.transposeA, outer.transposeB);
    return graph.matrixProduct(product.b, first, !product.transposeB, false);
  }
  const first = graph.matrixProduct(product.b, outer.b, product.transposeB, outer.transposeB);
  return graph.matrixProduct(product.a, first, product.transposeA, false);
}

/** l (a b) -> (l a) b, where nothing else uses a b */
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
 * Computes products of three matrices in the cheaper order. Alphabets are small, so the embedding times the weights of
 * the first layer is a small table that the one-hot tokens are multiplied with. The gradients of both come from one
 * product of tokens and gradients.
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
