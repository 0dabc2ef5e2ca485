import * as tf from '@tensorflow/tfjs-core';
import { Operators } from '../../../../src/engine/ir/operators';
import { stages } from '../../../../src/engine/native/plan/plan';
import { settled } from '../../../../src/engine/native/plan/views';
import { loads, loopsOf, ofKind, planOf, planOfGraph } from '../../support/plans';
import { graphOf } from '../../support/graphs';

describe('reductions onto memory', () => {
  it.each<[string, readonly number[], number, readonly number[]]>([
    ['over rows', [6, 5], 0, [0, 1]],
    ['over the middle', [2, 6, 5], 1, [5, 0, 1]],
    ['of rows too long to be passed through twice', [3, 5000], 1, [1, 0]],
  ])('%s', (_name, shape, axis, strides) => {
    const plan = planOf((x) => [tf.tanh(tf.sum(tf.exp(x!), axis))], shape);
    expect(loopsOf(plan)).toEqual([['Exp', 'ReduceSum'], ['Tanh']]);
    const [first] = ofKind(plan, 'loop');
    expect(first!.loop.nodes[1]!.reduction).toMatchObject({ into: { strides } });
  });
});

describe('views', () => {
  it('take no copies: reshape, transpose, slice, split and broadcast', () => {
    const plan = planOf(
      (a, b) => {
        const [upper, lower] = tf.split(a!, 2) as [tf.Tensor, tf.Tensor];
        const turned = tf.transpose(tf.slice(tf.reshape(upper, [6, 4]), [0, 1], [6, 3])); // [3, 6]
        return [tf.add(tf.mul(turned, tf.reshape(b!, [1, 6])), tf.slice(tf.reshape(lower, [4, 6]), [1, 0], [3, 6]))];
      },
      [4, 3, 4],
      [6],
    );
    expect(loopsOf(plan)).toEqual([['Mul', 'Add']]);
    expect(loads(plan).map(({ offset, strides }) => ({ offset, strides }))).toEqual(
      expect.arrayContaining([
        { offset: 1, strides: [1, 4] },
        { offset: 0, strides: [0, 1] },
        { offset: 30, strides: [6, 1] },
      ]),
    );
  });

  it('go backwards', () => {
    const plan = planOf((a) => [tf.tanh(tf.reverse(a!, 0))], [3, 4]);
    expect(loopsOf(plan)).toEqual([['Tanh']]);
    expect(loads(plan)[0]).toMatchObject({ offset: 8, strides: [-4, 1] });
  });

  it('are copied where no strides give the new shape', () => {
    const plan = planOf((a) => [tf.tanh(tf.reshape(tf.transpose(a!), [12]))], [3, 4]);
    expect(loopsOf(plan).flat().sort()).toEqual(['Identity', 'Tanh']);
  });
});

describe('concat and pad', () => {
  it('have their parts written where they belong', () => {
    const plan = planOf(
      (a, b) => [tf.mul(tf.matMul(tf.concat([tf.tanh(a!), tf.sin(b!)], 1), tf.ones([5, 2])), 2)],
      [3, 2],
      [3, 3],
    );
    expect(loopsOf(plan).slice(0, 2)).toEqual([['Tanh'], ['Sin']]);
    const stored = ofKind(plan, 'loop')
      .slice(0, 2)
      .map(({ loop }) => loop.nodes[0]!.value.stored!.view);
    expect(stored.map(({ offset, strides }) => ({ offset, strides }))).toEqual([
      { offset: 0, strides: [5, 1] },
      { offset: 2, strides: [5, 1] },
    ]);
    expect(stored[0]!.buffer).toBe(stored[1]!.buffer);
  });

  it('move a product into its place', () => {
    const plan = planOf((a, b, c) => [tf.sin(tf.concat([tf.matMul(a!, b!), c!]))], [2, 3], [3, 4], [5, 4]);
    const [product] = ofKind(plan, 'product');
    expect(product!.out.buffer.within).toMatchObject({ offset: 0 });
    expect(settled(product!.out.buffer).buffer.size).toBe(28);
  });

  it('write only the number beside what is padded', () => {
    const plan = planOf(
      (a) => [
        tf.tanh(
          tf.pad(
            tf.sin(a!),
            [
              [1, 0],
              [0, 2],
            ],
            7,
          ),
        ),
      ],
      [2, 3],
    );
    expect(loopsOf(plan).flat().sort()).toEqual(['Identity', 'Identity', 'Sin', 'Tanh']);
  });
});

describe('stages', () => {
  const graph = graphOf((x, w) => [tf.sum(tf.matMul(x!, tf.mul(w!, tf.range(0, 4))), 0)], [8, 3], [3, 4]);
  const plan = planOfGraph(graph, { inputStages: [stages.slice, stages.run], addOutputs: true });

  it('weights are packed once for all slices', () => {
    expect(plan.instructions.map(({ kind, stage }) => [kind, stage])).toEqual([
      ['loop', stages.run],
      ['pack', stages.run],
      ['product', stages.slice],
      ['loop', stages.slice],
      ...plan.instructions.slice(4).map(({ kind }) => [kind, stages.slice]),
    ]);
  });

  it('outputs are added up', () => {
    expect([...plan.added].map(({ place }) => place)).toEqual([{ kind: 'output', index: 0 }]);
  });

  it('what depends on constants only is computed once', () => {
    const constant = planOfGraph(graphOf((x) => [tf.add(x!, tf.tanh(tf.range(0, 6)))], [6]));
    expect(constant.instructions.map(({ stage }) => stage)).toEqual([stages.once, stages.run]);
  });
});

it('calls the runtime for the rest, on elements that lie in a row', () => {
  const plan = planOf((a, i) => [tf.gather(tf.transpose(a!), tf.cast(i!, 'int32'))], [3, 4], [2]);
  const [call] = ofKind(plan, 'call');
  expect(call).toMatchObject({ name: 'gather', sizes: [1, 4, 3, 2, 4] });
  expect(call!.inputs[0]).toMatchObject({ shape: [4, 3], strides: [3, 1] });
});

it('writes nothing for what has no elements', () => {
  expect(planOf((a) => [tf.slice(a!, [0, 0], [0, 3]), tf.tanh(a!)], [2, 3]).instructions).toHaveLength(1);
});

it('names an operator that it has no code for', () => {
  const g = new Operators();
  g.origin = 'Unheard';
  const x = g.input({ shape: [2], dtype: 'float32' });
  const graph = g.finish([g.one('Gelu', [x], x)], 'strange model');
  expect(() => planOfGraph(graph)).toThrow(/Gelu \(of Unheard\), used by strange model/);
});
