import * as tf from '@tensorflow/tfjs-core';
import { MLstm, MLstmHyperparameters } from '../../architectures/mlstm';
import { parametersOf } from '../support/architectures/parameters';

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

// The conformance checks stay within one chunk of the parallel form.
it.each([1, 20])('says the same in one pass and in steps over several chunks, gates scaled by %i', (scale) => {
  tf.tidy(() => {
    const hyperparameters = Object.assign(new MLstmHyperparameters(), MLstmHyperparameters.tiny, { layers: 1 });
    const model = new MLstm().build(hyperparameters, 5);
    const parameters = Object.fromEntries(
      Object.entries(parametersOf(model)).map(([name, value]) => [
        name,
        name.includes('gates') ? tf.mul(value, scale) : value,
      ]),
    );
    const time = 150;
    const tokens = tf.tensor2d(
      Int32Array.from({ length: time }, (_, t) => (t * t + 3 * t) % 5),
      [1, time],
      'int32',
    );
    let state = model.initialState!(1, time);
    const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
      const next = model.step!(parameters, state, token, tf.scalar(position, 'int32'));
      state = next.state;
      return next.logits;
    });
    const difference = tf.max(tf.abs(tf.sub(model.forward(parameters, tokens), tf.stack(said, 1))));
    expect(difference.dataSync()[0]).toBeLessThan(1e-4);
  });
});
