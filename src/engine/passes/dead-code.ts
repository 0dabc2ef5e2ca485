import type { Graph, Node } from '../ir/graph';

/** Leaves out the nodes that no output depends on. */
export function eliminateDeadCode(graph: Graph): Graph {
  const needed = new Set(graph.outputs);
  const live: Node[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    live.push(node);
    for (const input of node.inputs) if (input) needed.add(input);
  }
  return { ...graph, nodes: live.reverse() };
}
