import * as tf from '@tensorflow/tfjs-core';
import type { Value } from '../../../src/engine/ir/graph';
import {
  combined,
  consumersOf,
  reducesWidth,
  rowsOf,
  summedRows,
  underlying,
  widthOf,
} from '../../../src/engine/passes/rows';
import { graphOf } from '../support/graphs';

const node = (program: Parameters<typeof graphOf>[0], ...shapes: number[][]) =>
  graphOf(program, ...shapes).nodes.at(-1)!;
const result = (program: Parameters<typeof graphOf>[0], ...shapes: number[][]): Value =>
  node(program, ...shapes).outputs[0]!;

it('looks through reshapes that keep the rows', () => {
  const kept = result((x) => [tf.reshape(tf.reshape(x!, [6, 4]), [3, 2, 4])], [2, 3, 4]);
  expect(underlying(kept).source.kind).toBe('input');
  const changed = result((x) => [tf.reshape(x!, [4, 6])], [2, 3, 4]);
  expect(underlying(changed)).toBe(changed);
  expect([rowsOf(kept), widthOf(kept)]).toEqual([6, 4]);
});

it('tells rows from the one row they are combined with', () => {
  expect(
    combined(
      node((x, g) => [tf.mul(g!, x!)], [5, 4], [4]),
      'Mul',
    ),
  ).toMatchObject({ x: { shape: [5, 4] }, row: { shape: [4] } });
  expect(
    combined(
      node((x, g) => [tf.add(x!, g!)], [5, 4], [1, 4]),
      'Add',
    )?.row.shape,
  ).toEqual([1, 4]);
  for (const shape of [[5, 1], [5, 4], []])
    expect(
      combined(
        node((x, g) => [tf.mul(x!, g!)], [5, 4], shape),
        'Mul',
      ),
    ).toBeUndefined();
  expect(
    combined(
      node((x, g) => [tf.sub(x!, g!)], [5, 4], [4]),
      'Add',
    ),
  ).toBeUndefined();
});

it('tells sums of rows from other sums', () => {
  expect(summedRows(node((x) => [tf.sum(x!, [0, 1])], [2, 3, 4]))?.shape).toEqual([2, 3, 4]);
  expect(summedRows(node((x) => [tf.sum(x!, 1)], [2, 3, 4]))).toBeUndefined();
  expect(
    reducesWidth(
      node((x) => [tf.mean(x!, -1, true)], [2, 3, 4]),
      'ReduceMean',
    ),
  ).toBe(true);
  expect(
    reducesWidth(
      node((x) => [tf.mean(x!, -1)], [2, 3, 4]),
      'ReduceMean',
    ),
  ).toBe(false);
});

it('knows who uses a value, once each, and what is given out', () => {
  const graph = graphOf(
    (x) => {
      const y = tf.exp(x!);
      return [tf.mul(y, y), y];
    },
    [2],
  );
  expect(consumersOf(graph)(graph.nodes[0]!.outputs[0]!)).toEqual([graph.nodes[1], undefined]);
  expect(consumersOf(graph)(graph.nodes[1]!.outputs[0]!)).toEqual([undefined]);
});
