import { fillOf, producer, sameShape, type Graph, type Value } from '../../ir/graph';
import { nodeOf } from '../../passes/matrix-products';
import { rewrite, type Rule } from '../../passes/rewrite';
import { combined, reducesWidth, widthOf } from '../../passes/rows';

const operator = 'LayerNormalization';

/** x and the constant in 1 / sqrt(mean((x - mean(x))^2) + epsilon), over the last dimension. */
function inverseDeviation(root: Value | null | undefined): { x: Value; centred: Value; epsilon: number } | undefined {
  const sum = producer(producer(root, 'Sqrt')?.inputs[0], 'Add');
  const epsilon = fillOf(sum?.inputs[1]);
  const variance = sum && nodeOf(sum.inputs[0]!);
  if (epsilon === undefined || !reducesWidth(variance, 'ReduceMean')) return undefined;
  const [centred, again] = producer(variance.inputs[0], 'Mul')?.inputs ?? [];
  const difference = centred === again ? producer(centred, 'Sub') : undefined;
  const mean = difference && nodeOf(difference.inputs[1]!);
  if (!reducesWidth(mean, 'ReduceMean') || mean.inputs[0] !== difference!.inputs[0]) return undefined;
  return { x: difference!.inputs[0]!, centred: centred!, epsilon };
}

/** The last output of LayerNormalization is 1 / deviation, which the gradient uses. */
const recogniseDeviation: Rule = ({ operator: name, inputs: [root], outputs: [output] }, graph, { old, uses }) => {
  const found = name === 'Reciprocal' ? inverseDeviation(root) : undefined;
  // The difference is used three times, twice in its square. If it has another use, it has to be computed anyway.
  if (!found || uses(inverseDeviation(old.inputs[0])!.centred) !== 3) return undefined;
  const { x, epsilon } = found;
  const ones = graph.fill(1, [widthOf(x)]);
  const outputs = [x, output!, output!].map(({ shape }) => ({ shape, dtype: 'float32' as const }));
  const attributes = { axis: x.shape.length - 1, epsilon: { float: epsilon } };
  return [graph.node(operator, [x, ones, null], outputs, attributes)[2]!];
};

/** The first output of LayerNormalization is (x - mean) / deviation. */
const recogniseNormalized: Rule = ({ operator: name, inputs }) => {
  if (name !== 'Mul') return undefined;
  for (const at of [0, 1]) {
    const norm = producer(inputs[1 - at], operator);
    const difference = producer(inputs[at], 'Sub');
    const isIt =
      norm &&
      difference &&
      norm.outputs[2] === inputs[1 - at] &&
      difference.inputs[0] === norm.inputs[0] &&
      sameShape(difference.outputs[0]!.shape, norm.outputs[0]!.shape);
    if (isIt) return [norm.outputs[0]!];
  }
  return undefined;
};

/** LayerNormalization applies a gain and a bias that follow it directly. */
const absorb =
  (name: 'Add' | 'Mul', at: 1 | 2): Rule =>
  (node, graph, { old, uses }) => {
    const found = combined(node, name);
    const norm = producer(found?.x, operator);
    if (!found || !norm || found.x !== norm.outputs[0]) return undefined;
    const before = old.inputs.map((input) => producer(input, operator)).find((one) => one);
    const isUsedOnce = before?.outputs.every((value, i) => uses(value) === (i === 0 ? 1 : 0));
    const isFree = at === 1 ? fillOf(norm.inputs[1]) === 1 && !norm.inputs[2] : !norm.inputs[2];
    if (!isUsedOnce || !isFree) return undefined;
    const row = graph.reshape(found.row, [widthOf(found.row)]);
    const inputs = at === 1 ? [norm.inputs[0]!, row, null] : [norm.inputs[0]!, norm.inputs[1]!, row];
    return [graph.node(operator, inputs, norm.outputs, norm.attributes)[0]!];
  };

/**
 * Recognises layer normalization, which onnxruntime has as one operator. The gradient uses its output 1 / deviation.
 */
export const recogniseLayerNormalization = (graph: Graph): Graph =>
  rewrite(graph, [recogniseDeviation, recogniseNormalized, absorb('Mul', 1), absorb('Add', 2)]);
