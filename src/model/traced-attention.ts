import type { SequenceModel } from '../core/contracts/architecture';
import { type Graph, isOf, type Node, type Value } from '../engine/ir/graph';
import { fromFront } from '../engine/ir/shapes';
import { tracedForward } from './traced-forward';
import { tracedStep } from './traced-state';

/** A number of tokens that no hyperparameter is likely to be: extents of so many, or one more, are those of the sequence. */
const room = 61;
const isTime = (extent: number | undefined): boolean => extent === room || extent === room + 1;

const comparisons: ReadonlySet<string> = new Set('Equal Greater GreaterOrEqual Less LessOrEqual'.split(' '));

/**
 * `none` if a step does nothing with its position but to find its place among the tokens kept; null where it does more, or
 * there is no step.
 */
export function positionsSeen(model: SequenceModel): 'none' | null {
  if (!model.step) return null;
  const { inputs, nodes, outputs } = tracedStep(model, 1, room).graph;
  const depend = new Set<Value>([inputs[1]!]);
  for (const node of nodes) {
    const tellsPlaces = comparisons.has(node.operator) && node.outputs[0]!.shape.some(isTime);
    if (tellsPlaces || !node.inputs.some((input) => input && depend.has(input))) continue;
    for (const output of node.outputs) depend.add(output);
  }
  return outputs.some((output) => depend.has(output)) ? null : 'none';
}

/** Whether some attention goes over all tokens so far with softmax. */
export function hasSoftmaxOverTime(model: SequenceModel): boolean {
  if (!model.step) return graphHasSoftmax(tracedForward(model, room));
  return graphHasSoftmax(tracedStep(model, 1, room).graph);
}

const graphHasSoftmax = ({ nodes }: Graph): boolean => nodes.some((node) => isSoftmax(node) || isWrittenOut(node));
const isSoftmax = (node: Node): boolean => {
  if (!isOf(node, 'Softmax')) return false;
  const { shape } = node.inputs[0]!;
  return isTime(shape[fromFront(node.attributes.axis, shape.length)]);
};
/** Exponentials of scores less the largest of them. */
function isWrittenOut({ operator, inputs: [x] }: Node): boolean {
  if (operator !== 'Exp' || !x?.shape.some(isTime)) return false;
  const difference = x.source.kind === 'node' ? x.source.node : undefined;
  return difference?.operator === 'Sub';
}
