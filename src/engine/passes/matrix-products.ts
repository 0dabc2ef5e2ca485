import { fillOf, producer, type Attributes, type Graph, type Node, type Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { rewrite, type Rule } from './rewrite';

/** alpha op(a) op(b), where op transposes the last two dimensions or does nothing. */
export interface Product {
  readonly a: Value;
  readonly b: Value;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly alpha: number;
}

export function productOf(node: Node | undefined): Product | undefined {
  if (!node || !['MatMul', 'FusedMatMul'].includes(node.operator) || node.outputs[0]!.dtype !== 'float32')
    return undefined;
  const { transA, transB, alpha } = node.attributes;
  const [a, b] = node.inputs as [Value, Value];
  const factor = typeof alpha === 'object' && 'float' in alpha ? alpha.float : 1;
  return { a, b, transposeA: transA === 1, transposeB: transB === 1, alpha: factor };
}

/** A product of two matrices that may transpose them, without a scalar factor. */
export function plainProductOf(node: Node | undefined): Product | undefined {
  const product = productOf(node);
  const isPlain = product?.alpha === 1 && product.a.shape.length === 2 && product.b.shape.length === 2;
  return isPlain ? product : undefined;
}

const attributesOf = ({ transposeA, transposeB, alpha }: Product): Attributes => ({
  transA: Number(transposeA),
  transB: Number(transposeB),
  alpha: { float: alpha },
});

/** Appends the product as one operator. */
export function scaledProduct(graph: Operators, product: Product): Value {
  const { a, b, transposeA, transposeB, alpha } = product;
  const plain = graph.matrixProduct(a, b, transposeA, transposeB);
  return alpha === 1 ? plain : graph.one('FusedMatMul', [a, b], plain, attributesOf(product), 'com.microsoft');
}

export const nodeOf = (value: Value): Node | undefined =>
  value.source.kind === 'node' ? value.source.node : undefined;

/** The input of a transpose that exchanges the last two dimensions only. */
function untransposed(value: Value): Value | undefined {
  const node = producer(value, 'Transpose');
  if (!node) return undefined;
  const permutation = node.attributes.perm;
  const rank = permutation.length;
  const swapsLastTwo = permutation.every((from, to) => from === (to < rank - 2 ? to : 2 * rank - 3 - to));
  return swapsLastTwo ? node.inputs[0]! : undefined;
}

/** x and the scalar constant, if a value is their product. */
function unscaled(value: Value): { x: Value; factor: number } | undefined {
  const node = nodeOf(value);
  if (node?.operator !== 'Mul') return undefined;
  const [a, b] = node.inputs as [Value, Value];
  const number = (side: Value) => (side.shape.length === 0 ? fillOf(side) : undefined);
  if (number(b) !== undefined) return { x: a, factor: number(b)! };
  return number(a) === undefined ? undefined : { x: b, factor: number(a)! };
}

/** A single row times a matrix. onnxruntime takes twice as long for it if there is a scalar factor. */
const isOfRows = ({ a, transposeA }: Product): boolean => a.shape.at(transposeA ? -1 : -2) === 1;

/** The product transposes and scales its factors by itself, without a copy. */
const absorbIntoFactors: Rule = (node, graph) => {
  let product = productOf(node);
  if (!product) return undefined;
  const before = product;
  const [a, b] = [untransposed(product.a), untransposed(product.b)];
  if (a) product = { ...product, a, transposeA: !product.transposeA };
  if (b) product = { ...product, b, transposeB: !product.transposeB };
  const [scaledA, scaledB] = isOfRows(product) ? [] : [unscaled(product.a), unscaled(product.b)];
  if (scaledA) product = { ...product, a: scaledA.x, alpha: product.alpha * scaledA.factor };
  if (scaledB) product = { ...product, b: scaledB.x, alpha: product.alpha * scaledB.factor };
  if (product === before) return undefined;
  return [graph.one('FusedMatMul', [product.a, product.b], node.outputs[0]!, attributesOf(product), 'com.microsoft')];
};

/** (a b) * c -> a b with alpha = c, where nothing else uses a b. */
const absorbScale: Rule = ({ outputs: [output] }, graph, { old, uses }) => {
  const result = unscaled(output!);
  const product = result && productOf(nodeOf(result.x));
  const isUsedElsewhere = old.inputs.some((input) => fillOf(input) === undefined && uses(input!) !== 1);
  if (!product || isUsedElsewhere || isOfRows(product)) return undefined;
  const attributes = attributesOf({ ...product, alpha: product.alpha * result.factor });
  return [graph.one('FusedMatMul', [product.a, product.b], output!, attributes, 'com.microsoft')];
};

/** Lets matrix products transpose and scale by themselves. */
export const productRules: readonly Rule[] = [absorbIntoFactors, absorbScale];
export const absorbIntoProducts = (graph: Graph): Graph => rewrite(graph, productRules);
