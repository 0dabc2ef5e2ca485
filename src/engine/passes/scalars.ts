import { fillOf, producer, type Graph, type Node, type Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { nodeOf } from './matrix-products';
import { rewrite, type Rule } from './rewrite';

interface Scaled {
  readonly x: Value;
  readonly factor: number;
}

/** x and the factor in x * c, c * x, x / c and -x, where c is a scalar constant. */
function scaled(node: Node | undefined): Scaled | undefined {
  if (!node || node.outputs[0]!.dtype !== 'float32') return undefined;
  const [a, b] = node.inputs as [Value, Value | undefined];
  const scalar = (value: Value | undefined) => (value?.shape.length === 0 ? fillOf(value) : undefined);
  if (node.operator === 'Neg') return { x: a, factor: -1 };
  if (node.operator === 'Div' && scalar(b)) return { x: a, factor: 1 / scalar(b)! };
  if (node.operator !== 'Mul') return undefined;
  if (scalar(b) !== undefined) return { x: a, factor: scalar(b)! };
  return scalar(a) === undefined ? undefined : { x: b!, factor: scalar(a)! };
}

function scale(graph: Operators, { x, factor }: Scaled): Value {
  if (factor === 1) return x;
  return factor === -1 ? graph.elementwise('Neg', [x]) : graph.multiply(x, graph.scalar(factor));
}

/** Factors in a row are one factor, and a divisor is a factor: (x * a) / b -> x * (a / b). */
const joinFactors: Rule = (node, graph) => {
  const outer = scaled(node);
  const inner = outer && scaled(nodeOf(outer.x));
  if (inner) return [scale(graph, { x: inner.x, factor: inner.factor * outer.factor })];
  return outer && node.operator === 'Div' ? [scale(graph, outer)] : undefined;
};

/** a + (-b) -> a - b, a - (-b) -> a + b, -(a - b) -> b - a */
const absorbSigns: Rule = ({ operator, inputs: [a, b] }, graph) => {
  const negated = (value: Value | null | undefined) => producer(value, 'Neg')?.inputs[0];
  if (operator === 'Add' && negated(b)) return [graph.subtract(a!, negated(b)!)];
  if (operator === 'Add' && negated(a)) return [graph.subtract(b!, negated(a)!)];
  if (operator === 'Sub' && negated(b)) return [graph.add(a!, negated(b)!)];
  const difference = operator === 'Neg' ? producer(a, 'Sub') : undefined;
  return difference && [graph.subtract(difference.inputs[1]!, difference.inputs[0]!)];
};

/** Powers with cheaper forms; the gradient of 1 / sqrt(x) is full of x^1.5. */
const powers: ReadonlyMap<number, (graph: Operators, x: Value) => Value> = new Map([
  [-1, (graph, x) => graph.elementwise('Reciprocal', [x])],
  [0.5, (graph, x) => graph.elementwise('Sqrt', [x])],
  [1.5, (graph, x) => graph.multiply(x, graph.elementwise('Sqrt', [x]))],
  [2, (graph, x) => graph.multiply(x, x)],
  [3, (graph, x) => graph.multiply(graph.multiply(x, x), x)],
]);

const cheapPowers: Rule = ({ operator, inputs: [x, exponent], outputs: [output] }, graph) => {
  if (operator !== 'Pow' || output!.dtype !== 'float32' || exponent!.shape.length > 0) return undefined;
  const form = powers.get(fillOf(exponent) ?? NaN);
  return form && [form(graph, x!)];
};

/** Arithmetic with scalar constants in its shortest form. */
export const scalarRules: readonly Rule[] = [joinFactors, absorbSigns, cheapPowers];
export const simplifyScalars = (graph: Graph): Graph => rewrite(graph, scalarRules);
