import { Operators } from '../../../src/engine/ir/operators';

const graph = new Operators();
const x = graph.input({ shape: [2, 3, 4], dtype: 'float32' });

it('works out shapes', () => {
  const row = graph.input({ shape: [4], dtype: 'float32' });
  const matrix = graph.input({ shape: [5, 4], dtype: 'float32' });
  expect(graph.add(x, row).shape).toEqual([2, 3, 4]);
  expect(graph.compare('Less', row, x)).toMatchObject({ shape: [2, 3, 4], dtype: 'bool' });
  expect(graph.matrixProduct(x, matrix, false, true).shape).toEqual([2, 3, 5]);
  expect(graph.reduce('ReduceSum', x, [0, -1], true).shape).toEqual([1, 3, 1]);
  expect(graph.reduce('ReduceSum', x).shape).toEqual([]);
  expect(graph.slice(x, [1, 2, 3], [-1, 0, 4], [-1, -1, 1]).shape).toEqual([2, 2, 1]);
  expect(graph.concat([x, x], 1).shape).toEqual([2, 6, 4]);
  expect(graph.split(x, [1, 3], 2).map(({ shape }) => shape)).toEqual([
    [2, 3, 1],
    [2, 3, 3],
  ]);
  expect(
    graph.pad(x, [
      [0, 1],
      [2, 0],
      [0, 0],
    ]).shape,
  ).toEqual([3, 5, 4]);
  expect(graph.gather(x, graph.indices([0, 1, 0]), 1).shape).toEqual([2, 3, 4]);
});

it('adds nothing where nothing would happen', () => {
  const before = graph.nodes.length;
  const same = [
    graph.cast(x, 'float32'),
    graph.reshape(x, [2, 3, 4]),
    graph.transpose(x, [0, 1, 2]),
    graph.expand(x, [2, 3, 4]),
    graph.slice(x, [0, 0, 0], [2, 3, 4]),
    graph.concat([x], 0),
    graph.split(x, [3], 1)[0],
    graph.tile(x, [1, 1, 1]),
    graph.pad(x, [
      [0, 0],
      [0, 0],
      [0, 0],
    ]),
    graph.reduce('ReduceSum', x, []),
  ];
  for (const value of same) expect(value).toBe(x);
  expect(graph.nodes.length).toBe(before);
});
