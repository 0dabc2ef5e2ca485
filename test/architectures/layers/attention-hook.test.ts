import * as tf from '@tensorflow/tfjs-core';
import {
  attentionScope,
  attentionShapes,
  attentionWeights,
  hookedModel,
} from '../../../architectures/layers/attention-hook';
import type { SequenceModel } from '../../../src/core/contracts/architecture';

/** Two layers of "attention" over tokens, and one over a memory that is of no other depth. */
const weights = (value: number) => tf.fill([1, 1, 2, 2], value);
const sum = (...tensors: tf.Tensor[]): tf.Tensor => tensors.reduce((total, each) => tf.add(total, each));
const model: SequenceModel = {
  parameters: [],
  forward: () =>
    sum(
      attentionWeights(weights(1), { own: () => tf.eye(2) }),
      attentionWeights(weights(10), { name: 'memory' }),
      attentionWeights(weights(100)),
    ),
};
const [noParameters, tokens] = [{}, tf.zeros([1, 2], 'int32')];
const valuesOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe('a hook', () => {
  it('is told the name and depth of every attention, and where a token looks at itself', () => {
    const told: unknown[] = [];
    const hooked = hookedModel(model, () => (given, { name, layer, layers, own }) => {
      told.push([given.dataSync()[0], name, layer, layers, own && valuesOf(own())]);
      return given;
    });
    hooked.forward(noParameters, tokens);
    expect(told).toEqual([
      [1, '', 0, 2, [1, 0, 0, 1]],
      [10, 'memory', 0, 1, undefined],
      [100, '', 1, 2, undefined],
    ]);
  });

  it('begins anew with every run, and is off afterwards', () => {
    const made: number[] = [];
    const hooked = hookedModel(model, () => {
      made.push(made.length);
      return (given) => tf.mul(given, 2);
    });
    expect(valuesOf(hooked.forward(noParameters, tokens))).toEqual([222, 222, 222, 222]);
    expect(valuesOf(hooked.forward(noParameters, tokens))).toEqual([222, 222, 222, 222]);
    expect(made).toEqual([0, 1]);
    expect(valuesOf(model.forward(noParameters, tokens))).toEqual([111, 111, 111, 111]);
  });

  it('comes after the hook of the model that it changes', () => {
    const order: [string, number, number][] = [];
    const named = (name: string, inner: SequenceModel) =>
      hookedModel(inner, () => (given, { layer, layers }) => {
        order.push([name, layer, layers]);
        return tf.add(tf.mul(given, 2), name === 'inner' ? 0 : 1);
      });
    const both = named('outer', named('inner', model));
    expect(valuesOf(both.forward(noParameters, tokens))).toEqual([447, 447, 447, 447]); // 4 x + 1 each
    // The run before it, in which layers are counted for the outer hook, has the inner one as well.
    const last = order.slice(-6).map(([name, layer, layers]) => `${name} ${layer} of ${layers}`);
    expect(last).toEqual(['0 of 2', '0 of 1', '1 of 2'].flatMap((place) => [`inner ${place}`, `outer ${place}`]));
  });

  it('is off after an error', () => {
    const broken: SequenceModel = {
      parameters: [],
      forward: () => {
        attentionWeights(weights(1));
        throw new Error('broken');
      },
    };
    const hooked = hookedModel(broken, () => (given) => tf.mul(given, 2));
    expect(() => hooked.forward(noParameters, tokens)).toThrow('broken');
    expect(valuesOf(attentionWeights(weights(3)))).toEqual([3, 3, 3, 3]);
  });
});

it('scopes keep apart what is of one depth, and weights without a hook are handed back themselves', () => {
  const compute = () => [1, 2].map((segment) => attentionScope(segment, () => attentionWeights(weights(segment))));
  expect([...attentionShapes(compute)]).toEqual([
    ['1/', [[1, 1, 2, 2]]],
    ['2/', [[1, 1, 2, 2]]],
  ]);
  const given = weights(1);
  expect(attentionWeights(given)).toBe(given);
});

it('has the members of the model, and no others', () => {
  const initialState = () => ({ memory: tf.zeros([1]) });
  const step: SequenceModel['step'] = (_, state) => ({ state, logits: attentionWeights(weights(1)) });
  const stepped = hookedModel({ ...model, initialState, step }, () => (given) => tf.mul(given, 3));
  expect(Object.keys(hookedModel(model, () => (given) => given)).filter((name) => name !== 'noise')).toEqual([
    'parameters',
    'forward',
  ]);
  const { logits } = stepped.step!({}, stepped.initialState!(1, 1), tf.zeros([1], 'int32'), tf.scalar(0, 'int32'));
  expect(valuesOf(logits)).toEqual([3, 3, 3, 3]);
  const withMemory = hookedModel(
    { ...model, externalMemory: { size: { training: 1 }, withCells: () => model } },
    () => (given) => tf.mul(given, 2),
  );
  expect(valuesOf(withMemory.externalMemory!.withCells(2).forward({}, tokens))).toEqual([222, 222, 222, 222]);
});
