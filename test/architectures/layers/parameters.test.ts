import * as tf from '@tensorflow/tfjs-core';
import { initializers, linear, ParameterScope } from '../../../architectures/layers';

it('names parameters by where they stand', () => {
  const scope = ParameterScope.root();
  const inner = scope.child('layers').child(0);
  linear(inner.child('output'), 3, 2);
  const decay = inner.declare('decay', [4], initializers.ones, { weightDecay: false });
  expect(scope.specifications.map(({ name, shape, weightDecay }) => [name, shape, weightDecay])).toEqual([
    ['layers.0.output.weight', [3, 2], undefined],
    ['layers.0.output.bias', [2], undefined],
    ['layers.0.decay', [4], false],
  ]);
  const value = tf.ones([4]);
  expect(decay({ 'layers.0.decay': value })).toBe(value);
});

it('maps every token of a sequence as it maps one', () => {
  const scope = ParameterScope.root();
  const layer = linear(scope, 2, 3);
  const parameters = {
    weight: tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    bias: tf.tensor1d([0.5, 0, 0]),
  };
  expect(layer(parameters, tf.tensor2d([[1, 1]])).arraySync()).toEqual([[5.5, 7, 9]]);
  expect(
    layer(
      parameters,
      tf.tensor3d([
        [
          [1, 1],
          [0, 1],
        ],
      ]),
    ).arraySync(),
  ).toEqual([
    [
      [5.5, 7, 9],
      [4.5, 5, 6],
    ],
  ]);
});
