import { indicesOf, producer, type Graph, type Value } from '../ir/graph';
import type { Operators } from '../ir/operators';
import { nodeOf, plainProductOf } from './matrix-products';
import { rewrite, type Rule } from './rewrite';
import { simplifications } from './simplify';

/** Values of single steps that are concatenated to sequences [batch, time, width]. */
interface Steps {
  /** [batch, 1, width] each */
  readonly parts: readonly Value[];
  readonly batch: number;
  readonly width: number;
}

/** The steps of a value [batch * time, width], in which the rows of a sequence follow one another. */
function stepsOf(value: Value): Steps | undefined {
  const joined = producer(producer(value, 'Reshape')?.inputs[0], 'Concat');
  const [batch, time, width, ...others] = joined?.outputs[0]!.shape ?? [];
  if (!joined || joined.attributes.axis !== 1 || width === undefined || others.length > 0) return undefined;
  const parts = joined.inputs as readonly Value[];
  const isSequence = value.shape.length === 2 && value.shape[1] === width && parts.length === time;
  return isSequence ? { parts, batch: batch!, width } : undefined;
}

/** [time * batch, width], in which steps follow one another, as in the gradients of recurrent weights. */
const inOrderOfTime = (graph: Operators, { parts, batch, width }: Steps): Value =>
  graph.concat(
    parts.map((part) => graph.reshape(part, [batch, width])),
    0,
  );

/** The rows of a matrix [first * second, width] -> [second * first, width] */
function exchangeOrder(graph: Operators, rows: Value, first: number, second: number): Value {
  const width = rows.shape[1]!;
  const exchanged = graph.transpose(graph.reshape(rows, [first, second, width]), [1, 0, 2]);
  return graph.reshape(exchanged, [first * second, width]);
}

/** x^T [steps] and [steps]^T x sum over all rows, in any order. If x is narrower, x is put in order of time. */
const sumInOrderOfTime: Rule = (node, graph) => {
  const product = plainProductOf(node);
  if (!product?.transposeA || product.transposeB) return undefined;
  for (const [x, joined] of [
    [product.a, product.b],
    [product.b, product.a],
  ] as const) {
    const steps = stepsOf(joined);
    if (!steps || x.shape[1]! > steps.width) continue;
    const [ordered, whole] = [exchangeOrder(graph, x, steps.batch, steps.parts.length), inOrderOfTime(graph, steps)];
    const [a, b] = joined === product.b ? [ordered, whole] : [whole, ordered];
    return [graph.matrixProduct(a, b, true, false)];
  }
  return undefined;
};

/**
 * The rows of [steps] w are in the order of the steps. If the result is narrower, it is reordered instead of the steps.
 */
const multiplyInOrderOfTime: Rule = (node, graph) => {
  const product = plainProductOf(node);
  if (!product || product.transposeA) return undefined;
  const steps = stepsOf(product.a);
  if (!steps || node.outputs[0]!.shape[1]! > steps.width) return undefined;
  const { batch, parts } = steps;
  return [
    exchangeOrder(
      graph,
      graph.matrixProduct(inOrderOfTime(graph, steps), product.b, false, product.transposeB),
      parts.length,
      batch,
    ),
  ];
};

/** A sum over all rows does not depend on their order either. */
const reduceInOrderOfTime: Rule = ({ operator, inputs: [x, axes], attributes }, graph) => {
  if (operator !== 'ReduceSum' || attributes.keepdims !== 0 || indicesOf(axes)!.join() !== '0') return undefined;
  const steps = x!.shape.length === 2 ? stepsOf(x!) : undefined;
  return steps && [graph.reduce('ReduceSum', inOrderOfTime(graph, steps), 0)];
};

/** x w (+ b), reshaped to [batch, time, width] */
interface Projection {
  readonly x: Value;
  readonly weight: Value;
  readonly transposeWeight: boolean;
  readonly bias: Value | undefined;
}

function projectionOf(value: Value): Projection | undefined {
  const sum = producer(value, 'Add');
  const bias = sum?.inputs.find((input) => input!.shape.length === 1) ?? undefined;
  const whole = sum && bias ? sum.inputs.find((input) => input !== bias)! : value;
  const product = plainProductOf(nodeOf(whole));
  return product && !product.transposeA
    ? { x: product.a, weight: product.b, transposeWeight: product.transposeB, bias }
    : undefined;
}

/** Fewer steps than this are not a recurrence. */
const fewestSteps = 3;

/**
 * A projection of a whole sequence that is then split into steps. If its input is narrow (tokens, the gradient of
 * logits), the input is split instead, and the wide result is neither written as a whole nor copied.
 */
const projectStepByStep: Rule = ({ operator, inputs: [x], attributes, outputs }, graph, { old, uses }) => {
  if (operator !== 'Split' || attributes.axis !== 1 || outputs.length < fewestSteps || x!.shape.length !== 3)
    return undefined;
  const [batch, time, width] = x!.shape as [number, number, number];
  const whole = producer(x, 'Reshape')?.inputs[0];
  const projection = outputs.length === time && whole?.shape.length === 2 ? projectionOf(whole) : undefined;
  const wholeBefore = producer(old.inputs[0], 'Reshape')?.inputs[0];
  const isUsedElsewhere = !wholeBefore || uses(old.inputs[0]!) !== 1 || uses(wholeBefore) !== 1;
  const narrow = projection?.x.shape[1];
  if (!projection || isUsedElsewhere || 2 * narrow! > width) return undefined;
  const pieces = graph.split(
    graph.reshape(projection.x, [batch, time, narrow!]),
    outputs.map(() => 1),
    1,
  );
  return pieces.map((piece) => {
    const { weight, transposeWeight, bias } = projection;
    const product = graph.matrixProduct(graph.reshape(piece, [batch, narrow!]), weight, false, transposeWeight);
    return graph.reshape(bias ? graph.add(product, bias) : product, [batch, 1, width]);
  });
};

/** The first three apply where the steps of a recurrence are concatenated; the last where a recurrence begins. */
const timeStepRules: readonly Rule[] = [
  sumInOrderOfTime,
  multiplyInOrderOfTime,
  reduceInOrderOfTime,
  projectStepByStep,
];
export const reorderTimeSteps = (graph: Graph): Graph => rewrite(graph, [...timeStepRules, ...simplifications]);
