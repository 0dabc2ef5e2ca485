import type { Graph } from '../ir/graph';
import { productOf } from '../passes/matrix-products';
import { rewrite, type Rule } from '../passes/rewrite';

/** alpha op(a) op(b) as Transpose, MatMul and Mul. */
const plainProducts: Rule = (node, graph) => {
  const product = node.domain === '' ? undefined : productOf(node);
  if (!product) return undefined;
  const { a, b, transposeA, transposeB, alpha } = product;
  const plain = graph.matrixProduct(transposeA ? graph.swapLast(a) : a, transposeB ? graph.swapLast(b) : b);
  return [alpha === 1 ? plain : graph.multiply(plain, graph.scalar(alpha))];
};

/** The graph in operators of the ONNX standard alone, for files that are to be read anywhere. */
export const inStandardOperators = (graph: Graph): Graph => rewrite(graph, [plainProducts]);
