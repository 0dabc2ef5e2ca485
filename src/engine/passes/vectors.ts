import { sameShape, sizeOf, type Graph, type Node, type Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { nodeOf, plainProductOf } from './matrix-products';
import { rewrite, type Rule } from './rewrite';
import { combined, consumersOf, reducesWidth, rowsOf, summedRows, underlying, widthOf } from './rows';
import { simplifications } from './simplify';

/** Work on a weight is negligible if the other factor has this many times its rows. */
const fewer = 4;

/** a W or a W^T with many rows in `a`. */
interface Projection {
  readonly a: Value;
  readonly weight: Value;
  readonly transposed: boolean;
}

function projectionOf(value: Value): Projection | undefined {
  const product = plainProductOf(nodeOf(value));
  if (!product || product.transposeA || product.a.shape[0]! < fewer * widthOf(value)) return undefined;
  return { a: product.a, weight: product.b, transposed: product.transposeB };
}

const column = (graph: Operators, row: Value): Value => graph.reshape(row, [sizeOf(row.shape), 1]);
const asRow = (graph: Operators, row: Value): Value => graph.reshape(row, [1, sizeOf(row.shape)]);

/** (x * gain + bias) W -> x (gain^T * W) + bias W */
function project(graph: Operators, { a, weight, transposed }: Projection): Value {
  const rows = nodeOf(underlying(a));
  const shifted = combined(rows, 'Add');
  if (shifted) {
    const constant = graph.matrixProduct(asRow(graph, shifted.row), weight, false, transposed);
    return graph.add(project(graph, { a: graph.reshape(shifted.x, a.shape), weight, transposed }), constant);
  }
  const scaled = combined(rows, 'Mul');
  if (scaled) {
    const gain = transposed ? asRow(graph, scaled.row) : column(graph, scaled.row);
    return project(graph, { a: graph.reshape(scaled.x, a.shape), weight: graph.multiply(weight, gain), transposed });
  }
  return graph.matrixProduct(a, weight, false, transposed);
}

/** (x * gain + bias)^T d -> gain^T * (x^T d) + bias^T (sum of the rows of d) */
function weightGradient(graph: Operators, a: Value, d: Value): Value {
  const rows = nodeOf(underlying(a));
  const shifted = combined(rows, 'Add');
  if (shifted) {
    const constant = graph.multiply(column(graph, shifted.row), graph.reduce('ReduceSum', d, 0));
    return graph.add(weightGradient(graph, graph.reshape(shifted.x, a.shape), d), constant);
  }
  const scaled = combined(rows, 'Mul');
  if (scaled)
    return graph.multiply(weightGradient(graph, graph.reshape(scaled.x, a.shape), d), column(graph, scaled.row));
  return graph.matrixProduct(a, d, true, false);
}

const isAffine = (value: Value): boolean => {
  const rows = nodeOf(underlying(value));
  return Boolean(combined(rows, 'Add') ?? combined(rows, 'Mul'));
};

const throughProjections: Rule = (node, graph) => {
  const projection = projectionOf(node.outputs[0]!);
  return projection && isAffine(projection.a) ? [project(graph, projection)] : undefined;
};

/** Factors of a^T d of two matrices with many rows. */
function gradientFactors(node: Node | undefined): { a: Value; d: Value } | undefined {
  const product = plainProductOf(node);
  if (!product?.transposeA || product.transposeB) return undefined;
  const isLong = product.a.shape[0]! >= fewer * Math.max(product.a.shape[1]!, product.b.shape[1]!);
  return isLong ? { a: product.a, d: product.b } : undefined;
}

const throughWeightGradients: Rule = (node, graph) => {
  const factors = gradientFactors(node);
  return factors && isAffine(factors.a) ? [weightGradient(graph, factors.a, factors.d)] : undefined;
};

/** (x + a) + b -> x + (a + b), where a and b are smaller than x. */
const joinAddends: Rule = ({ operator, inputs, outputs: [output] }, graph, { old, uses }) => {
  if (operator !== 'Add' || output!.dtype !== 'float32') return undefined;
  for (const at of [0, 1]) {
    const [sum, addend] = [inputs[at]!, inputs[1 - at]!];
    const inner = nodeOf(sum);
    if (inner?.operator !== 'Add' || uses(old.inputs[at]!) !== 1 || !sameShape(sum.shape, output!.shape)) continue;
    const [x, small] =
      sizeOf(inner.inputs[0]!.shape) >= sizeOf(inner.inputs[1]!.shape) ? inner.inputs : [...inner.inputs].reverse();
    const joined = graph.add(small!, addend);
    if (sameShape(x!.shape, output!.shape) && sizeOf(joined.shape) < sizeOf(x!.shape)) return [graph.add(x!, joined)];
  }
  return undefined;
};

/** What a gradient with respect to rows, d W^T, is used for. */
type Use =
  | { readonly kind: 'scale'; readonly gain: Value }
  | { readonly kind: 'sum' }
  | { readonly kind: 'sum of products'; readonly x: Value };

/**
 * Finds products p = d W^T that are only used in these ways: p * gain, the sum of the rows of p, and the sum of the
 * rows of p * x. They are the gradients of the input of a gain, of a bias and of the gain, and all three follow from d
 * and W without p.
 */
function gradientsOfRows(graph: Graph) {
  const consumers = consumersOf(graph);
  const known = new Set<string>(); // x^T d that are computed anyway
  for (const node of graph.nodes) {
    const factors = gradientFactors(node);
    if (factors) known.add(`${beforeVectors(factors.a).id} ${underlying(factors.d).id}`);
  }
  const useBy = new Map<Node, Use & { readonly of: Projection }>();
  for (const node of graph.nodes) {
    const projection = projectionOf(node.outputs[0]!);
    if (!projection) continue;
    const uses = usesOf(node.outputs[0]!);
    const isFound = uses?.every(
      ([, use]) =>
        use.kind !== 'sum of products' || known.has(`${underlying(use.x).id} ${underlying(projection.a).id}`),
    );
    if (isFound) for (const [consumer, use] of uses!) useBy.set(consumer, { ...use, of: projection });
  }
  return useBy;

  function usesOf(product: Value): [Node, Use][] | undefined {
    const found: [Node, Use][] = [];
    for (const node of consumers(product)) {
      if (!node) return undefined;
      const inner = usesBy(node, product);
      if (!inner) return undefined;
      found.push(...inner);
    }
    return found;
  }
  function usesBy(node: Node, product: Value): [Node, Use][] | undefined {
    const output = node.outputs[0]!;
    if (node.operator === 'Reshape') return widthOf(output) === widthOf(product) ? usesOf(output) : undefined;
    if (summedRows(node)) return [[node, { kind: 'sum' }]];
    if (node.operator !== 'Mul') return undefined;
    const scaled = combined(node, 'Mul');
    if (scaled?.x === product) return [[node, { kind: 'scale', gain: scaled.row }]];
    const x = node.inputs[0] === product ? node.inputs[1]! : node.inputs[0]!;
    const [sum, ...others] = consumers(output);
    const isSummed =
      sum && others.length === 0 && summedRows(sum) && x !== product && sameShape(x.shape, product.shape);
    return isSummed ? [[sum, { kind: 'sum of products', x }]] : undefined;
  }
}

/** x, if a value is x or x * gain + bias */
function beforeVectors(value: Value): Value {
  const rows = underlying(value);
  const node = nodeOf(rows);
  const inner = combined(node, 'Add') ?? combined(node, 'Mul');
  return inner ? beforeVectors(inner.x) : rows;
}

function vectorRules(graph: Graph): readonly Rule[] {
  const useBy = gradientsOfRows(graph);
  const throughGradients: Rule = (_node, building, { old, renew }) => {
    const use = useBy.get(old);
    if (!use) return undefined;
    const [output] = old.outputs;
    const [d, weight] = [renew(use.of.a), renew(use.of.weight)];
    const { transposed } = use.of;
    if (use.kind === 'scale') {
      const gain = renew(use.gain);
      const scaled = building.multiply(weight, transposed ? column(building, gain) : asRow(building, gain));
      return [building.reshape(building.matrixProduct(d, scaled, false, transposed), output!.shape)];
    }
    if (use.kind === 'sum') {
      const sum = asRow(building, building.reduce('ReduceSum', d, 0));
      return [building.reshape(building.matrixProduct(sum, weight, false, transposed), output!.shape)];
    }
    const x = building.reshape(renew(use.x), [rowsOf(use.x), widthOf(use.x)]);
    const products = building.multiply(weightGradient(building, x, d), transposed ? weight : building.swapLast(weight));
    return [building.reshape(building.reduce('ReduceSum', products, 1), output!.shape)];
  };
  return [throughGradients, throughProjections, throughWeightGradients, joinAddends, ...simplifications];
}

/** a W - mean of each row -> a (W - mean of each row of W), where nothing else uses a W. */
function centringRules(graph: Graph): readonly Rule[] {
  const consumers = consumersOf(graph);
  const centre: Rule = (node, building, { old }) => {
    if (old.operator !== 'Sub') return undefined;
    const [x, mean] = old.inputs as [Value, Value];
    const reduction = nodeOf(mean);
    if (!reducesWidth(reduction, 'ReduceMean') || reduction.inputs[0] !== x || consumers(x).length !== 2)
      return undefined;
    const product = projectionOf(underlying(node.inputs[0]!));
    const onlyUse = (value: Value): boolean => {
      const source = nodeOf(value);
      return (
        source?.operator !== 'Reshape' || (consumers(source.inputs[0]!).length === 1 && onlyUse(source.inputs[0]!))
      );
    };
    if (!product || !onlyUse(x)) return undefined;
    const { a, weight, transposed } = product;
    const centred = building.subtract(weight, building.reduce('ReduceMean', weight, transposed ? 0 : 1, true));
    return [building.reshape(building.matrixProduct(a, centred, false, transposed), old.outputs[0]!.shape)];
  };
  return [centre, ...simplifications];
}

/**
 * Gains, biases and centring do the same linear thing to every row of activations. These two passes apply them to the
 * weights that the rows are multiplied with, which are smaller: before and after the product, and in all gradients.
 */
export const moveVectorsToWeights = (graph: Graph): Graph => rewrite(graph, vectorRules);
export const centreWeights = (graph: Graph): Graph => rewrite(graph, centringRules);
