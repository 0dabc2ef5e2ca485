import type { Graph, Node, Value } from '../../../src/engine/ir/graph';
import { Operators } from '../../../src/engine/ir/operators';
import { checkGraph } from './check-graph';

const typed = { shape: [2, 3], dtype: 'float32' } as const;
function chain(): { g: Operators; x: Value; sine: Value; cosine: Value; graph: Graph } {
  const g = new Operators();
  const x = g.input(typed);
  const sine = g.elementwise('Sin', [x]);
  const cosine = g.elementwise('Cos', [sine]);
  return { g, x, sine, cosine, graph: g.finish([cosine], 'test') };
}

it('accepts a graph', () => {
  const { graph } = chain();
  expect(checkGraph(graph)).toBe(graph);
});

it.each<[string, () => Graph, RegExp]>([
  ['order', () => ({ ...chain().graph, nodes: [...chain().graph.nodes].reverse() }), /uses what is not computed yet/],
  ['dead nodes', () => (({ graph, sine }) => ({ ...graph, outputs: [sine] }))(chain()), /Cos .* is computed in vain/],
  ['outputs', () => ({ ...chain().graph, outputs: [chain().cosine] }), /gives out what it does not compute/],
  [
    'numbers',
    () => {
      const { graph } = chain();
      const [first] = graph.nodes as [Node];
      (first.outputs[0] as { id: number }).id = graph.inputs[0]!.id;
      return graph;
    },
    /has a value whose number, 0, is another's too/,
  ],
  [
    'shapes',
    () => (({ g, x }) => g.finish([g.one('Transpose', [x], typed, { perm: [1, 0] })], 'test'))(chain()),
    /Transpose .* is said to give float32\[2 3\], and gives float32\[3 2\]/,
  ],
  [
    'types',
    () => (({ g, x }) => g.finish([g.one('Less', [x, x], typed)], 'test'))(chain()),
    /Less .* gives bool\[2 3\]/,
  ],
])('finds wrong %s', (_what, graph, message) => {
  expect(() => checkGraph(graph())).toThrow(message);
});
