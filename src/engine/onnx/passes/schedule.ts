import type { Graph, Node } from '../../ir/graph';

/**
 * Follows each chain of nodes to its end before it starts the next. Results do not depend on it, but the time
 * onnxruntime takes to open a model does: sorting the nodes, it walks the list of those that are ready for every node,
 * and this order keeps the list short (gradient of a recurrence of 512 steps, 46,000 nodes: 3.3 s instead of 7.0 s).
 */
export function schedule(graph: Graph): Graph {
  const waitingFor = new Map<Node, number>();
  const consumers = new Map<Node, Node[]>();
  for (const node of graph.nodes) {
    const producers = new Set<Node>();
    for (const input of node.inputs) if (input?.source.kind === 'node') producers.add(input.source.node);
    waitingFor.set(node, producers.size);
    consumers.set(node, []);
    for (const producer of producers) consumers.get(producer)!.push(node);
  }
  const ready = graph.nodes.filter((node) => waitingFor.get(node) === 0).reverse();
  const nodes: Node[] = [];
  for (let node = ready.pop(); node; node = ready.pop()) {
    nodes.push(node);
    for (const consumer of consumers.get(node)!.reverse()) {
      const left = waitingFor.get(consumer)! - 1;
      waitingFor.set(consumer, left);
      if (left === 0) ready.push(consumer);
    }
  }
  return { ...graph, nodes };
}
