import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { embedding, initializers, linear, ParameterScope } from '../../architectures/layers';
import type { Parameters, SequenceModel, State } from '../../src/core/contracts/architecture';
import { stateUpdateOf } from '../../src/model/update-class';
import { builtIn } from '../support/experiment';

const width = 4;

interface Given {
  readonly state: State;
  /** Of the token: [batch, width] each. */
  readonly x: Tensor;
  readonly gate: Tensor;
  readonly position: Tensor;
  /** A square matrix of parameters, and a vector. */
  readonly weights: Tensor;
  readonly vector: Tensor;
}

/** A model with a step made of these tensors, that are `width` wide or as wide as is said. */
function modelOf(
  names: Readonly<Record<string, number | readonly number[]>>,
  update: (given: Given) => State,
): SequenceModel {
  const scope = ParameterScope.root();
  const embed = embedding(scope.child('embedding'), 5, width);
  const gate = linear(scope.child('gate'), width, width);
  const weights = scope.declare('weights', [width, width], initializers.normal(1));
  const vector = scope.declare('vector', [width], initializers.normal(1));
  const shapes = Object.entries(names).map(([name, shape]) => [name, [shape].flat()] as const);
  return {
    parameters: scope.specifications,
    forward: () => {
      throw new Error('not asked for');
    },
    initialState: (batch) => Object.fromEntries(shapes.map(([name, shape]) => [name, tf.zeros([batch, ...shape])])),
    step: (parameters: Parameters, state: State, token: Tensor, position: Tensor) => {
      const x = embed(parameters, token);
      const given = {
        state,
        x,
        gate: gate(parameters, x),
        position,
        weights: weights(parameters),
        vector: vector(parameters),
      };
      return { state: update(given), logits: x };
    },
  };
}
const seen = (...model: Parameters_) => {
  const { update, transition, components } = stateUpdateOf(modelOf(...model))!;
  return { update, transition, degrees: components.map(({ degree }) => degree) };
};
type Parameters_ = globalThis.Parameters<typeof modelOf>;
const half = (x: Tensor, at: 0 | 1) => tf.slice(x, [0, at * width], [-1, width]);

describe('a state of one tensor', () => {
  it.each<[string, (given: Given & { h: Tensor }) => Tensor, string, string | null]>([
    ['is written anew', ({ x }) => x, 'feed-forward', null],
    ['stays', ({ h }) => h, 'feed-forward', null],
    ['is turned about', ({ h }) => tf.reverse(h, 1), 'feed-forward', null],
    [
      'is kept or written as the position says',
      ({ h, x, position }) => tf.where(tf.less(tf.cast(position, 'float32'), 3), h, x),
      'feed-forward',
      null,
    ],
    ['is added to', ({ h, x }) => tf.add(h, x), 'scan', 'fixed'],
    ['fades', ({ h, x }) => tf.add(tf.mul(h, 0.9), x), 'scan', 'fixed'],
    ['fades at a learned rate', ({ h, x, vector }) => tf.add(tf.mul(h, tf.sigmoid(vector)), x), 'scan', 'fixed'],
    ['fades by a gate', ({ h, x, gate }) => tf.add(tf.mul(h, tf.sigmoid(gate)), x), 'scan', 'elementwise'],
    [
      'moves towards the token',
      ({ h, x, gate }) => tf.add(h, tf.mul(tf.sigmoid(gate), tf.sub(x, h))),
      'scan',
      'elementwise',
    ],
    [
      'is divided by the token',
      ({ h, x, gate }) => tf.add(tf.div(h, tf.add(1, tf.exp(gate))), x),
      'scan',
      'elementwise',
    ],
    ['is kept or forgotten as the token says', ({ h, x }) => tf.where(tf.greater(x, 0), h, x), 'scan', 'elementwise'],
    [
      'is multiplied by a matrix',
      ({ h, x, weights }) => tf.add(tf.matMul(h, weights as tf.Tensor2D), x),
      'scan',
      'fixed',
    ],
    [
      'is mixed as the token says',
      ({ h, x, weights, gate }) => tf.add(tf.mul(tf.matMul(h, weights as tf.Tensor2D), gate), x),
      'scan',
      'matrix',
    ],
    ['is shifted as the token says', ({ h, x, gate }) => tf.add(tf.mul(tf.reverse(h, 1), gate), x), 'scan', 'matrix'],
    ['shares its mean', ({ h, x, gate }) => tf.add(tf.mul(tf.mean(h, 1, true), gate), x), 'scan', 'matrix'],
    ['keeps its largest', ({ h, x }) => tf.maximum(tf.add(h, x), x), 'scan', null],
    ['is a queue', ({ h, x }) => tf.relu(tf.add(h, x)), 'scan', null],
    ['is squashed', ({ h, x }) => tf.tanh(tf.add(h, x)), 'sequential', null],
    [
      'is rectified after a matrix',
      ({ h, x, weights }) => tf.relu(tf.add(tf.matMul(h, weights as tf.Tensor2D), x)),
      'sequential',
      null,
    ],
    ['is squared', ({ h, x }) => tf.add(tf.mul(h, h), x), 'sequential', null],
    ['gates itself', ({ h, x }) => tf.mul(h, tf.sigmoid(tf.add(h, x))), 'sequential', null],
    ['decides by its sign', ({ h, x }) => tf.where(tf.greater(h, 0), h, x), 'sequential', null],
    ['is rounded', ({ h, x }) => tf.floor(tf.add(h, x)), 'sequential', null],
    ['is counted as an integer', ({ h, x }) => tf.cast(tf.cast(tf.add(h, x), 'int32'), 'float32'), 'sequential', null],
    ['divides', ({ h, x }) => tf.div(x, tf.add(1, tf.abs(h))), 'sequential', null],
    ['is normalised', ({ h, x }) => tf.div(h, tf.add(tf.norm(h), tf.sum(x))), 'sequential', null],
    ['multiplies the largest', ({ h, x }) => tf.mul(0.5, tf.maximum(h, x)), 'sequential', null],
  ])('that %s', (_, next, update, transition) => {
    expect(seen({ h: width }, (given) => ({ h: next({ ...given, h: given.state.h! }) }))).toMatchObject({
      update,
      transition,
    });
  });
});

describe('several things packed into one tensor', () => {
  const packed = (next: (a: Tensor, b: Tensor, given: Given) => readonly [Tensor, Tensor]) =>
    seen({ both: 2 * width }, (given) => {
      const [a, b] = [half(given.state.both!, 0), half(given.state.both!, 1)];
      return { both: tf.concat([...next(a, b, given)], 1) };
    });

  it('are told apart: a sum, and what is read from it', () => {
    expect(packed((a, _, { x }) => [tf.add(a, x), tf.tanh(a)])).toEqual({
      update: 'scan',
      transition: 'fixed',
      degrees: ['translated', null],
    });
  });
  it('are one where they depend on each other', () => {
    expect(packed((a, b, { x }) => [tf.add(b, x), tf.tanh(a)]).update).toBe('sequential');
  });
  it('are told apart in a window, token by token', () => {
    expect(packed((_, b, { x }) => [b, x])).toEqual({
      update: 'feed-forward',
      transition: null,
      degrees: [null, null],
    });
  });
  it('are told apart where they are stacked, too', () => {
    const model = seen({ both: [2, width] }, ({ state, x, gate }) => {
      const [a, b] = tf.unstack(state.both!, 1);
      return { both: tf.stack([tf.add(tf.mul(a!, tf.sigmoid(gate)), x), tf.sin(tf.add(a!, tf.mul(b!, 0)))], 1) };
    });
    expect(model).toEqual({ update: 'scan', transition: 'elementwise', degrees: ['affine', null] });
  });
});

it('looks at what depends on itself through others', () => {
  const chain = seen({ a: width, b: width, c: width }, ({ state: { a, b }, x }) => ({
    a: x,
    b: tf.tanh(a!),
    c: tf.tanh(b!),
  }));
  expect(chain).toEqual({ update: 'feed-forward', transition: null, degrees: [null, null, null] });
  const circle = seen({ a: width, b: width, c: width }, ({ state: { a, b, c }, x }) => ({
    a: tf.add(c!, x),
    b: a!,
    c: tf.tanh(b!),
  }));
  expect(circle.update).toBe('sequential');
  // The stabiliser is a maximum; what it stabilises depends on it by an exponential, but not the other way.
  const stabilised = seen({ sum: width, largest: width }, ({ state: { sum, largest }, x, vector }) => {
    const next = tf.maximum(tf.add(largest!, vector), x);
    return { largest: next, sum: tf.add(tf.mul(tf.exp(tf.sub(largest!, next)), sum!), tf.exp(tf.sub(x, next))) };
  });
  expect(stabilised).toEqual({ update: 'scan', transition: 'elementwise', degrees: ['affine', 'max-plus'] });
});

it('takes products of two parts for affine in each, and for non-linear where they are one', () => {
  const bilinear = (feedback: boolean) =>
    seen({ a: width, b: width }, ({ state: { a, b }, x }) => ({
      a: tf.add(a!, x),
      b: tf.add(tf.mul(b!, a!), feedback ? x : a!),
    }));
  expect(bilinear(false)).toEqual({ update: 'scan', transition: 'elementwise', degrees: ['translated', 'affine'] });
  const fedBack = seen({ a: width, b: width }, ({ state: { a, b } }) => ({ a: tf.add(a!, b!), b: tf.mul(b!, a!) }));
  expect(fedBack.update).toBe('sequential');
});

it('tells the sign of coefficients by what they are made of', () => {
  const leastOf = (coefficient: (given: Given) => Tensor) =>
    stateUpdateOf(
      modelOf({ h: width }, (given) => ({ h: tf.add(tf.mul(given.state.h!, coefficient(given)), given.x) })),
    )!.components[0]!.range[0];
  expect(leastOf(({ gate }) => tf.sigmoid(gate))).toBe(0);
  expect(leastOf(({ gate }) => tf.sub(1, tf.sigmoid(gate)))).toBe(0);
  expect(leastOf(({ gate, vector }) => tf.exp(tf.mul(tf.neg(tf.softplus(gate)), tf.exp(vector))))).toBe(0);
  expect(leastOf(({ gate }) => tf.softmax(gate))).toBe(0);
  expect(leastOf(({ gate }) => tf.square(gate))).toBe(0);
  expect(leastOf(({ gate }) => tf.tanh(gate))).toBe(-1);
  expect(leastOf(({ gate }) => tf.sub(tf.mul(2, tf.sigmoid(gate)), 1))).toBe(-1);
  expect(leastOf(({ gate }) => gate)).toBe(-Infinity);
});

it('says which numbers of which tensors belong together', () => {
  const registry = builtIn();
  const unit = registry.resolve('architecture', 'rwkv');
  const model = new unit.unitClass().build(registry.hyperparameters(unit, { layers: 1 }, { place: 'test' }), 5);
  const { components, membership } = stateUpdateOf(model)!;
  const of = (name: string) => components[membership[name]![0]!];
  expect(of('0.numerator')).toMatchObject({
    degree: 'affine',
    isDiagonal: true,
    tensors: [{ name: '0.numerator', size: 64 }],
  });
  expect(of('0.largest')).toMatchObject({ degree: 'max-plus' });
  expect(of('1.window')).toMatchObject({ degree: null });
});

it('has nothing to say of a model without a step', () => {
  const { step, ...model } = modelOf({ h: width }, ({ state }) => state);
  expect(step).toBeDefined();
  expect(stateUpdateOf(model)).toBeUndefined();
});

it.each<[string, (given: Given & { h: Tensor }) => Tensor, boolean]>([
  ['tanh(W h + x)', ({ h, weights, x }) => tf.tanh(tf.add(tf.matMul(h, weights), x)), true],
  ['a gate that sees W h', ({ h, weights, x }) => tf.mul(tf.sigmoid(tf.matMul(h, weights)), x), true],
  [
    'relu of a part of [h, h] W',
    ({ h, weights }) => tf.relu(tf.slice(tf.matMul(tf.neg(h), weights), [0, 0], [-1, -1])),
    true,
  ],
  ['tanh(h + x): no unit weighs others', ({ h, x }) => tf.tanh(tf.add(h, x)), false],
  [
    'W h / |W h|: no threshold',
    ({ h, weights }) => tf.div(tf.matMul(h, weights), tf.norm(tf.matMul(h, weights))),
    false,
  ],
  ['W h + sigmoid(x)', ({ h, weights, gate }) => tf.add(tf.matMul(h, weights), tf.sigmoid(gate)), false],
])('%s has units of an Elman network: see the last column', (_, update, expected) => {
  const model = modelOf({ h: width }, (given) => ({ h: update({ ...given, h: given.state.h! }) }));
  expect(stateUpdateOf(model)!.hasElmanUnits).toBe(expected);
});

it('rows that squash a weighed sum of their state are the recurrent networks, not those that attend to it', () => {
  const registry = builtIn();
  const rows = registry.architectures().flatMap((unit) => {
    const model = registry.create(unit).build(registry.hyperparameters(unit, {}, { place: unit.id }), 16);
    const update = stateUpdateOf(model);
    return update?.update === 'sequential' ? [[unit.id, update.hasElmanUnits] as const] : [];
  });
  expect(rows.flatMap(([id, has]) => (has ? [] : id))).toEqual([
    'block-recurrent-transformer',
    'feedback-transformer',
    'recurrent-memory-transformer',
  ]);
  expect(rows.length).toBeGreaterThanOrEqual(14);
});
