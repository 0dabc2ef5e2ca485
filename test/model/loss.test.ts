import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { summedCrossEntropy } from '../../src/model/loss';

beforeAll(() => tf.setBackend('cpu'));

it('is the sum of -log p over scored positions, written out one at a time', () => {
  const [batch, time, vocabulary] = [2, 3, 4];
  const list = (of: fc.Arbitrary<number>, length: number) => fc.array(of, { minLength: length, maxLength: length });
  const places = batch * time;
  const logit = fc.float({ min: -8, max: 8, noNaN: true });
  fc.assert(
    fc.property(
      list(logit, places * vocabulary),
      list(fc.nat(vocabulary - 1), places),
      list(fc.nat(1), places),
      (logits, targets, weights) => {
        const loss = summedCrossEntropy(
          tf.tensor3d(logits, [batch, time, vocabulary]),
          tf.tensor2d(targets, [batch, time], 'int32'),
          tf.tensor2d(weights, [batch, time]),
        );
        const expected = targets.map((target, place) => {
          const row = logits.slice(place * vocabulary, (place + 1) * vocabulary);
          const total = row.reduce((sum, value) => sum + Math.exp(value), 0);
          return weights[place]! * -Math.log(Math.exp(row[target]!) / total);
        });
        expect(loss.shape).toEqual([]);
        expect(loss.dataSync()[0]).toBeCloseTo(
          expected.reduce((sum, value) => sum + value, 0),
          3,
        );
      },
    ),
    { seed: 1, numRuns: 50 },
  );
});

it('has a gradient at scored positions alone', () => {
  const targets = tf.tensor2d([[0, 1]], [1, 2], 'int32');
  const weights = tf.tensor2d([[0, 1]]);
  const gradient = tf.grad((logits: tf.Tensor) => summedCrossEntropy(logits as tf.Tensor3D, targets, weights));
  // softmax - one-hot, where scored; 0 for -0
  expect([...gradient(tf.zeros([1, 2, 2])).dataSync()].map((value) => value + 0)).toEqual([0, 0, 0.5, -0.5]);
});
