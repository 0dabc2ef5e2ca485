import * as tf from '@tensorflow/tfjs-core';
import { GraphBuilder } from '../../../src/engine/ir/builder';
import { fillOf, indicesOf, producer } from '../../../src/engine/ir/graph';
import { graphOf, operatorsOf } from '../support/graphs';

describe('constants', () => {
  it('that are equal are one value', () => {
    const graph = new GraphBuilder();
    expect(graph.constant(Float32Array.of(1, 2), [2], 'float32')).toBe(
      graph.constant(Float32Array.of(1, 2), [2], 'float32'),
    );
    expect(graph.scalar(3)).toBe(graph.fill(3, []));
    expect(graph.indices([4, 5])).toBe(graph.indices([4, 5]));
  });

  it('that differ in shape, type or sign of zero are not', () => {
    const graph = new GraphBuilder();
    const one = graph.fill(1, [2]);
    const others = [graph.fill(1, [1, 2]), graph.fill(1, [2], 'int32'), graph.fill(2, [2])];
    expect(new Set([one, ...others]).size).toBe(4);
    expect(graph.scalar(0)).not.toBe(graph.scalar(-0));
    const long = new Float32Array(1000).map((_, i) => i);
    const changed = long.map((number) => (number === 999 ? 0 : number));
    expect(graph.constant(long, [1000], 'float32')).not.toBe(graph.constant(changed, [1000], 'float32'));
  });

  it('of one number are kept as that number, rounded to their type', () => {
    const graph = new GraphBuilder();
    expect(fillOf(graph.constant(Int32Array.of(7, 7, 7), [3], 'int32'))).toBe(7);
    expect(fillOf(graph.fill(0.1, []))).toBe(Math.fround(0.1));
    expect(fillOf(graph.fill(2.5, [], 'int32'))).toBe(2);
    expect(fillOf(graph.fill(NaN, [2]))).toBeNaN();
    expect(fillOf(graph.constant(Float32Array.of(0, -0), [2], 'float32'))).toBeUndefined();
  });

  it('of indices can be read whether one number or not', () => {
    const graph = new GraphBuilder();
    expect(indicesOf(graph.indices([2, 2]))).toEqual([2, 2]);
    expect(indicesOf(graph.indices([2, 3]))).toEqual([2, 3]);
    expect(indicesOf(graph.scalar(1))).toBeUndefined();
  });
});

it('knows which node a value comes from', () => {
  const graph = new GraphBuilder();
  const x = graph.input({ shape: [2], dtype: 'float32' });
  graph.origin = 'Exp';
  const [y] = graph.node('Exp', [x], [x]);
  expect(producer(y, 'Exp')).toMatchObject({ operator: 'Exp', inputs: [x], origin: 'Exp' });
  expect(producer(y, 'Log')).toBeUndefined();
  expect(producer(x, 'Exp')).toBeUndefined();
});

it('makes no node for results without elements', () => {
  const graph = new GraphBuilder();
  const x = graph.input({ shape: [0, 3], dtype: 'float32' });
  const [y] = graph.node('Exp', [x], [x]);
  expect(graph.nodes).toEqual([]);
  expect(y).toMatchObject({ shape: [0, 3], source: { kind: 'constant' } });
});

describe('of a traced program', () => {
  it('equal things are computed once, whichever way round', () => {
    const graph = graphOf((x, y) => [tf.mul(tf.tanh(x!), y!), tf.mul(y!, tf.tanh(x!))], [2, 3], [3]);
    expect(operatorsOf(graph)).toEqual(['Tanh', 'Mul']);
    expect(graph.outputs[0]).toBe(graph.outputs[1]);
  });

  it('what differs in order, attributes or constants is kept apart', () => {
    const graph = graphOf(
      (x, y) => [
        tf.sub(x!, y!),
        tf.sub(y!, x!),
        tf.matMul(x!, y!),
        tf.matMul(x!, y!, true, false),
        tf.matMul(x!, y!, false, true),
        tf.sum(x!, 0),
        tf.sum(x!, 1),
        tf.slice(x!, [0, 0], [1, 2]),
        tf.slice(x!, [1, 0], [1, 2]),
      ],
      [2, 2],
      [2, 2],
    );
    expect(new Set(graph.outputs).size).toBe(9);
  });

  it('nodes with several outputs are merged, too', () => {
    const graph = graphOf((x) => [...tf.split(x!, 2), ...tf.split(x!, 2)].map((part) => tf.exp(part)), [4]);
    expect(operatorsOf(graph)).toEqual(['Split', 'Exp', 'Exp']);
  });

  it('what no output depends on is left out, but for inputs, which are part of the signature', () => {
    const graph = graphOf(
      (x, _y) => {
        tf.exp(tf.tanh(x!));
        const [first] = tf.split(x!, 2) as [tf.Tensor];
        return [tf.sin(first)];
      },
      [4],
      [2],
    );
    expect(operatorsOf(graph)).toEqual(['Split', 'Sin']);
    expect(graph.inputs).toHaveLength(2);
  });
});
