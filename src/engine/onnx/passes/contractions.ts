import { indicesOf, producer, type Graph, type Value } from '../../ir/graph';
import { rewrite, type Rule } from '../../passes/rewrite';

/** Extents of a value counted from the back, 1 where it has no such dimension. */
const extent = (value: Value, fromBack: number): number => value.shape.at(-fromBack) ?? 1;

/** Whether `matrix` has two whole dimensions at the end, and `other` is repeated along one of them. */
function repeatedAlong(matrix: Value, other: Value, fromBack: 1 | 2): boolean {
  const across = fromBack === 1 ? 2 : 1;
  return (
    extent(matrix, 1) > 1 &&
    extent(matrix, 2) > 1 &&
    extent(other, fromBack) === 1 &&
    extent(other, across) === extent(matrix, across)
  );
}

/**
 * sum_k a[m, k] b[k] = a b, and sum_k b[k] a[k, n] = b^T a: a product and a sum become a matrix product, without the
 * matrix in between. Rows with a matrix state read from it and write to it in this way.
 */
const contract: Rule = ({ operator, inputs: [x, axes], outputs: [output] }, graph, { old, uses }) => {
  const [axis, ...others] = operator === 'ReduceSum' ? indicesOf(axes)! : [];
  const product = producer(x, 'Mul');
  if (axis === undefined || others.length > 0 || !product || uses(old.inputs[0]!) !== 1 || x!.dtype !== 'float32')
    return undefined;
  const rank = x!.shape.length;
  const [a, b] = product.inputs as [Value, Value];
  for (const [matrix, vector] of [
    [a, b],
    [b, a],
  ] as const) {
    if (matrix.shape.length !== rank || vector.shape.length > rank) continue;
    if (axis === rank - 1 && repeatedAlong(matrix, vector, 2)) {
      const row = vector.shape.length < 2 ? graph.reshape(vector, [1, extent(vector, 1)]) : vector; // [..., 1, k]
      return [graph.reshape(graph.matrixProduct(matrix, row, false, true), output!.shape)];
    }
    if (axis === rank - 2 && vector.shape.length >= 2 && repeatedAlong(matrix, vector, 1)) {
      return [graph.reshape(graph.matrixProduct(vector, matrix, true, false), output!.shape)]; // vector [..., k, 1]
    }
  }
  return undefined;
};

export const contractProducts = (graph: Graph): Graph => rewrite(graph, [contract]);
