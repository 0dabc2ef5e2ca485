import * as tf from '@tensorflow/tfjs-core';
import { sigmoidTimes, sigmoidTimesTanh, squaredRelu } from '../../../architectures/layers/activations';

beforeAll(() => tf.setBackend('cpu'));

const shape = [3, 5];
const [a, b, d] = [1, 2, 3].map((seed) => () => tf.randomNormal(shape, 0, 3, 'float32', seed)) as [
  () => tf.Tensor,
  () => tf.Tensor,
  () => tf.Tensor,
];
type Activation = (...inputs: tf.Tensor[]) => tf.Tensor;

it.each<[string, Activation, Activation, tf.Tensor[]]>([
  ['sigmoidTimes', sigmoidTimes as Activation, (gate, x) => tf.mul(tf.sigmoid(gate!), x!), [a(), b()]],
  ['sigmoidTimesTanh', sigmoidTimesTanh as Activation, (g, x) => tf.mul(tf.sigmoid(g!), tf.tanh(x!)), [a(), b()]],
  ['squaredRelu', squaredRelu as Activation, (x) => tf.square(tf.relu(x!)), [a()]],
])('%s has the values and gradients of what it stands for', (_name, activation, plain, inputs) => {
  const values = [activation, plain].map((f) => f(...inputs).dataSync());
  values[0]!.forEach((value, i) => expect(value).toBeCloseTo(values[1]![i]!, 6));
  const gradients = [activation, plain].map((f) => tf.grads((...args) => tf.mul(f(...args), d()))(inputs));
  gradients[0]!.forEach((gradient, k) =>
    gradient.dataSync().forEach((value, i) => expect(value).toBeCloseTo(gradients[1]![k]!.dataSync()[i]!, 5)),
  );
});
