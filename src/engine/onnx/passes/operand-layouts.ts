import { producer, type Graph, type Value } from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import { identityRules } from '../../passes/identities';
import { productOf, scaledProduct, type Product } from '../../passes/matrix-products';
import { rewrite, type Rule } from '../../passes/rewrite';

const swapped = (permutation: readonly number[]): number[] => [
  ...permutation.slice(0, -2),
  permutation.at(-1)!,
  permutation.at(-2)!,
];

/**
 * Whether a permutation moves a block of dimensions behind those that follow it, as transposing a matrix does. One that
 * does, [batch, time, heads, width] -> [batch, heads, width, time], takes half the time of -> [batch, heads, time,
 * width].
 */
function movesBlock(permutation: readonly number[]): boolean {
  const fixed = permutation.findIndex((from, to) => from !== to);
  const moved = permutation.slice(fixed).map((from) => from - fixed);
  return fixed >= 0 && moved.every((from, to) => from === (to + moved[0]!) % moved.length);
}

const permutationOf = (value: Value) => producer(value, 'Transpose')?.attributes.perm;
const transposedAnew = (graph: Operators, value: Value, permutation: readonly number[]): Value =>
  graph.transpose(producer(value, 'Transpose')!.inputs[0]!, permutation);

/** a^T b = (b^T a)^T if a is larger: onnxruntime then packs a without transposing it. */
function smallerFirst(graph: Operators, product: Product): Value | undefined {
  const { a, b, transposeA, transposeB } = product;
  const [inner, rows, columns] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(transposeB ? -2 : -1)!];
  if (!transposeA || rows <= columns) return undefined;
  const turned = { ...product, ...untransposedLeft(graph, { a: b, transposeA: !transposeB }), b: a, transposeB: false };
  return inner > 1 ? graph.swapLast(scaledProduct(graph, turned)) : undefined;
}

/** If the left factor comes from a Transpose, that one transposes it for the product, too. */
function untransposedLeft(
  graph: Operators,
  { a, transposeA }: Pick<Product, 'a' | 'transposeA'>,
): Pick<Product, 'a' | 'transposeA'> {
  const permutation = transposeA ? permutationOf(a) : undefined;
  return permutation ? { a: transposedAnew(graph, a, swapped(permutation)), transposeA: false } : { a, transposeA };
}

/** A right factor may be transposed or not; this takes the layout that is cheaper to make. */
function cheaperRight(
  graph: Operators,
  { b, transposeB }: Pick<Product, 'b' | 'transposeB'>,
): Pick<Product, 'b' | 'transposeB'> {
  const permutation = permutationOf(b);
  if (!permutation || movesBlock(permutation) || !movesBlock(swapped(permutation))) return { b, transposeB };
  return { b: transposedAnew(graph, b, swapped(permutation)), transposeB: !transposeB };
}

const layOut: Rule = (node, graph) => {
  const product = productOf(node);
  if (!product || product.a.shape.length < 3 || product.a.shape.length !== product.b.shape.length) return undefined;
  const turned = smallerFirst(graph, product);
  if (turned) return [turned];
  const left = untransposedLeft(graph, product);
  const right = cheaperRight(graph, product);
  if (left.a === product.a && right.b === product.b) return undefined;
  return [scaledProduct(graph, { ...product, ...left, ...right })];
};

/**
 * Chooses the memory layout of the factors of batched products. onnxruntime packs both factors of every small product,
 * and is slow where it has to transpose them; attention transposes queries, keys and values anyway. Comes after the
 * passes that let products transpose by themselves, which would undo it.
 */
export const layOutOperands = (graph: Graph): Graph => rewrite(graph, [layOut, ...identityRules]);
