import { fillOf, indicesOf, isOf, producer, sameShape, type Graph, type Value } from '../ir/graph';
import { rewrite, type Rule } from './rewrite';

/** Numbers that change nothing as the right input, and as the left one if the operator commutes. */
const neutral: Readonly<Record<string, { number: number; commutes: boolean }>> = {
  Add: { number: 0, commutes: true },
  Sub: { number: 0, commutes: false },
  Mul: { number: 1, commutes: true },
  Div: { number: 1, commutes: false },
  Pow: { number: 1, commutes: false },
};

/** x + 0, x * 1, x / 1, ... -> x */
const dropNeutral: Rule = ({ operator, inputs: [a, b], outputs: [output] }) => {
  const rule = neutral[operator];
  if (!rule) return undefined;
  const unchanged = (value: Value | null | undefined, other: Value | null | undefined) =>
    fillOf(other) === rule.number && sameShape(value!.shape, output!.shape) ? [value!] : undefined;
  return unchanged(a, b) ?? (rule.commutes ? unchanged(b, a) : undefined);
};

/** Of two reshapes only the last counts. One that restores the shape is left out. */
const joinReshapes: Rule = ({ operator, inputs: [x], outputs: [output] }, graph) => {
  if (operator !== 'Reshape') return undefined;
  const inner = producer(x, 'Reshape');
  const source = inner ? inner.inputs[0]! : x!;
  if (sameShape(source.shape, output!.shape)) return [source];
  return inner && [graph.reshape(source, output!.shape)];
};

/** Two transposes are one Transpose, or none. */
const joinTransposes: Rule = (outer, graph) => {
  if (!isOf(outer, 'Transpose')) return undefined;
  const inner = producer(outer.inputs[0], 'Transpose');
  if (!inner) return undefined;
  const permutation = outer.attributes.perm.map((axis) => inner.attributes.perm[axis]!);
  return [graph.transpose(inner.inputs[0]!, permutation)];
};

/** A Transpose that only moves extents of 1 moves no element: it is a Reshape, which costs nothing. */
const transposeToReshape: Rule = (node, graph) => {
  if (!isOf(node, 'Transpose')) return undefined;
  const x = node.inputs[0]!;
  const moved = node.attributes.perm.filter((axis) => x.shape[axis] !== 1);
  const isInOrder = moved.every((axis, i) => i === 0 || axis > moved[i - 1]!);
  return isInOrder ? [graph.reshape(x, node.outputs[0]!.shape)] : undefined;
};

/** A sum over extents of 1 is a Reshape. */
const reductionOfOne: Rule = ({ operator, inputs: [x, axes], outputs: [output] }, graph) => {
  if (!operator.startsWith('Reduce')) return undefined;
  return indicesOf(axes)!.every((axis) => x!.shape[axis] === 1) ? [graph.reshape(x!, output!.shape)] : undefined;
};

/** Removes steps that change nothing. */
export const identityRules: readonly Rule[] = [
  dropNeutral,
  joinReshapes,
  joinTransposes,
  transposeToReshape,
  reductionOfOne,
];
export const removeIdentities = (graph: Graph): Graph => rewrite(graph, identityRules);
