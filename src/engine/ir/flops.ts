import { sizeOf, type Graph, type Node } from './graph';

const transposes = (node: Node): boolean => node.attributes.transA === 1;

/**
 * [rows, inner] x [inner, columns]: rows * columns results of `inner` multiplications and additions each; where one of
 * the squares is a triangle (passes/triangles.ts), only what lies in it.
 */
function ofProduct(node: Node): number {
  const a = node.inputs[0]!;
  const inner = a.shape.at(transposes(node) ? -2 : -1)!;
  const extent = node.outputs[0]!.shape.at(-2)!;
  const share = node.attributes.triangle === undefined ? 1 : (extent + 1) / (2 * extent);
  return 2 * sizeOf(node.outputs[0]!.shape) * inner * share;
}

const products: ReadonlySet<string> = new Set(['MatMul', 'FusedMatMul', 'Gemm']);

/**
 * Floating-point operations of a graph's matrix products, which bound how fast it can run. Everything else
 * (elementwise work, reductions, copies) is not counted: it is what keeps a graph from that bound.
 */
export const flopsOf = (graph: Graph): number =>
  graph.nodes.filter(({ operator }) => products.has(operator)).reduce((sum, node) => sum + ofProduct(node), 0);
