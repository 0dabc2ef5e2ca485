import { sameShape, sizeOf, type Graph, type Value } from '../../ir/graph';
import { nodeOf, productOf } from '../../passes/matrix-products';
import { rewrite, type Rule } from '../../passes/rewrite';

/**
 * Gemm writes the addend to its result and reads it back, which costs more than an Add of its own once the result no
 * longer fits into the cache of a core (5120 x 64 x 256 with a row, one thread: 1.6 ms instead of 1.2 ms).
 */
const largestResult = 2 ** 19; // elements

/** Whether `addend` broadcasts to a matrix of that shape: a row, a whole matrix, or one number. */
function fits({ shape, dtype }: Value, [rows, columns]: readonly number[]): boolean {
  if (dtype !== 'float32' || shape.length > 2) return false;
  const [height, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  return (height === 1 || height === rows) && (width === 1 || width === columns);
}

/** a b + c of matrices is one operator, Gemm, where nothing else uses a b and the result is not too large. */
const absorbAddend: Rule = ({ operator, inputs, outputs: [output] }, graph, { old, uses }) => {
  if (operator !== 'Add' || output!.shape.length !== 2 || sizeOf(output!.shape) > largestResult) return undefined;
  for (const at of [0, 1]) {
    const product = productOf(nodeOf(inputs[at]!));
    const addend = inputs[1 - at]!;
    const areMatrices = product && product.a.shape.length === 2 && product.b.shape.length === 2;
    if (!areMatrices || uses(old.inputs[at]!) !== 1) continue;
    if (!sameShape(inputs[at]!.shape, output!.shape) || !fits(addend, output!.shape)) continue;
    const { a, b, transposeA, transposeB, alpha } = product;
    const attributes = { transA: Number(transposeA), transB: Number(transposeB), alpha: { float: alpha } };
    return [graph.one('Gemm', [a, b, addend], output!, attributes)];
  }
  return undefined;
};

export const addWithinProducts = (graph: Graph): Graph => rewrite(graph, [absorbAddend]);
