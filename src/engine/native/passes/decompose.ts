import { isOf, type Graph } from '../../ir/graph';
import { rewrite, type Rule } from '../../passes/rewrite';

/** softmax(x) = e / sum(e) with e = exp(x - max(x)), along one dimension */
const softmax: Rule = (node, graph) => {
  if (!isOf(node, 'Softmax')) return undefined;
  const { axis } = node.attributes;
  const [x] = node.inputs;
  const exponentials = graph.elementwise('Exp', [graph.subtract(x!, graph.reduce('ReduceMax', x!, axis, true))]);
  return [graph.divide(exponentials, graph.reduce('ReduceSum', exponentials, axis, true))];
};

/** Writes operators that are several loops as simpler operators, which the native engine fuses. */
export const decompose = (graph: Graph): Graph => rewrite(graph, [softmax]);
