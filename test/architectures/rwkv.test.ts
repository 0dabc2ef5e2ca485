import * as tf from '@tensorflow/tfjs-core';
import { WideningHyperparameters } from '../../architectures/layers';
import { Rwkv } from '../../architectures/rwkv';
import { parametersOf } from '../support/architectures/parameters';

it.each([0.01, 1, 30, 1000])('agrees in both forms and stays finite when keys are scaled by %d', async (scale) => {
  await tf.setBackend('cpu');
  const model = new Rwkv().build(Object.assign(new WideningHyperparameters(), WideningHyperparameters.tiny), 4);
  const parameters = Object.fromEntries(
    Object.entries(parametersOf(model)).map(([name, value]) => [
      name,
      /timeMixing.(key|value)/.test(name) ? tf.mul(value, scale) : value,
    ]),
  );
  const tokens = tf.tensor2d(
    [
      [0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 2, 0],
      [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0],
    ],
    undefined,
    'int32',
  );
  const expected = model.forward(parameters, tokens).dataSync();
  let state = model.initialState!(2, 12);
  const said = (tf.unstack(tokens, 1) as tf.Tensor1D[]).map((token, position) => {
    const next = model.step!(parameters, state, token, tf.scalar(position, 'int32'));
    state = next.state;
    return next.logits;
  });
  const actual = tf.stack(said, 1).dataSync();
  for (const [i, x] of expected.entries()) expect(Math.abs(x - actual[i]!)).toBeLessThan(1e-4 * (1 + Math.abs(x)));

  const names = Object.keys(parameters);
  const gradients = tf.grads((...list: tf.Tensor[]) =>
    tf.sum(model.forward(Object.fromEntries(names.map((name, i) => [name, list[i]!])), tokens)),
  )(Object.values(parameters));
  for (const gradient of gradients) expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
});
