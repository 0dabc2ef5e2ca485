import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import {
  alibi,
  causalAttention,
  chain,
  ParameterScope,
  residual,
  rotary,
  tokenwise,
} from '../../../architectures/layers';
import { Transformer, TransformerHyperparameters } from '../../../architectures/transformer';

const [batch, time, width, heads] = [2, 5, 6, 2];

beforeAll(() => tf.setBackend('cpu'));
beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

const drawn = (shape: readonly number[]): Tensor => tf.randomNormal([...shape], 0, 1, 'float32', 7);

function layerWith(positions = {}) {
  const scope = ParameterScope.root();
  const layer = causalAttention(scope, { width, heads, positions });
  const parameters = Object.fromEntries(scope.specifications.map(({ name, shape }) => [name, drawn(shape)]));
  return { layer, parameters };
}

it.each([
  ['none', {}],
  ['rotary', rotary(width / heads)],
  ['alibi', alibi(heads)],
])('tells the weights that make its output: the mean of values they say, %s', (_, positions) => {
  const { layer, parameters } = layerWith(positions);
  const x = drawn([batch, time, width]) as Tensor3D;
  const [weights] = layer.attention!(parameters, x).weights as [Tensor4D];

  // By plain numbers: o_t = sum_s w_ts v_s for every head, side by side, times W_o
  const [weight, bias] = ['queryKeyValue.weight', 'queryKeyValue.bias'].map((name) => parameters[name]!);
  const values = tf.add(tf.matMul(tf.reshape(x, [-1, width]), weight!), bias!);
  const value = tf.reshape(tf.slice(values, [0, 2 * width]), [batch, time, width]).arraySync() as number[][][];
  const shares = weights.arraySync();
  const means = value.map((row, b) =>
    row.map((_, t) =>
      Array.from({ length: width }, (_, channel) =>
        row.reduce((sum, v, s) => sum + shares[b]![Math.floor(channel / (width / heads))]![t]![s]! * v[channel]!, 0),
      ),
    ),
  );
  const mixed = tf.reshape(tf.tensor3d(means), [-1, width]);
  const expected = tf.add(tf.matMul(mixed, parameters['output.weight']!), parameters['output.bias']!);

  const said = layer.forward(parameters, x).dataSync();
  expected.dataSync().forEach((value, i) => expect(said[i]).toBeCloseTo(value, 4));
});

it('tells the weights of a chain layer by layer, and says the same as its parallel form', () => {
  const { layer, parameters } = layerWith();
  const twice = chain([residual((_, x) => x, layer), tokenwise((_, x) => tf.relu(x)), residual((_, x) => x, layer)]);
  const x = drawn([batch, time, width]) as Tensor3D;
  const { weights, output } = twice.attention!(parameters, x);
  expect(weights.map(({ shape }) => shape)).toEqual(Array(2).fill([batch, heads, time, time]));
  expect([...output.dataSync()]).toEqual([...twice.forward(parameters, x).dataSync()]);
  expect([...weights[0]!.dataSync()]).not.toEqual([...weights[1]!.dataSync()]);
});

it('has no weights to tell where nothing attends', () => {
  expect(chain([tokenwise((_, x) => x)]).attention).toBeUndefined();
  expect(
    residual(
      (_, x) => x,
      tokenwise((_, x) => x),
    ).attention,
  ).toBeUndefined();
});

it('gives the weights of a model for a prompt as [batch, layers, heads, queries, keys]', () => {
  const hyperparameters = Object.assign(new TransformerHyperparameters(), { layers: 3, width: 8, heads: 2 });
  const model = new Transformer().build(hyperparameters, 5);
  const parameters = Object.fromEntries(model.parameters.map(({ name, shape }) => [name, drawn(shape)]));
  const prompt = tf.tensor2d([[1, 2, 3, 4]], [1, 4], 'int32');
  expect(model.attention!(parameters, prompt).shape).toEqual([1, 3, 2, 4, 4]);
});
