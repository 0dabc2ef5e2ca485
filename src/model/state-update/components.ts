/** Strongly connected components of a graph on 0, 1, ..., each after those it points to (Tarjan 1972). */
export function components(edges: readonly (readonly number[])[]): number[][] {
  const index = new Map<number, number>();
  const lowest = new Map<number, number>();
  const stack: number[] = [];
  const result: number[][] = [];
  const visit = (node: number): void => {
    index.set(node, index.size);
    lowest.set(node, index.get(node)!);
    stack.push(node);
    for (const next of edges[node]!) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) === index.get(node)) result.push(stack.splice(stack.indexOf(node)));
  };
  edges.forEach((_, node) => index.has(node) || visit(node));
  return result;
}
