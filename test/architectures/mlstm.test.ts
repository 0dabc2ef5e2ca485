import * as tf from '@tensorflow/tfjs';
import { MLstm, MLstmHyperparameters } from '../../architectures/mlstm';
import { describeGolden } from '../support/architectures/golden';
import { parametersOf } from '../support/architectures/parameters';

describeGolden('mlstm', MLstm);

it.each([-100, -1000])('has finite logits and gradients when the input gates are at exp(%d)', async (shut) => {
  await tf.setBackend('cpu');
  const model = new MLstm().build(Object.assign(new MLstmHyperparameters(), MLstmHyperparameters.tiny), 5);
  const parameters = parametersOf(model);
  const gates = Object.keys(parameters).filter((name) => name.endsWith('gates.bias'));
  expect(gates.length).toBeGreaterThan(0);
  for (const name of gates) parameters[name] = tf.add(parameters[name]!, shut);
  const tokens = tf.tensor2d([[1, 2, 3, 4]], undefined, 'int32');
  const names = Object.keys(parameters);
  const loss = (...list: tf.Tensor[]) =>
    tf.sum(tf.square(model.forward(Object.fromEntries(names.map((name, i) => [name, list[i]!])), tokens))) as tf.Scalar;
  const { value, grads } = tf.valueAndGrads(loss)(Object.values(parameters));
  for (const tensor of [value, ...grads]) expect(tensor.dataSync().every(Number.isFinite)).toBe(true);
});
