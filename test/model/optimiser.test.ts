import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { Optimiser } from '../../src/core/protocol';
import { adamW, clipByGlobalNorm, learningRateAt } from '../../src/model/optimiser';

beforeAll(() => tf.setBackend('cpu'));
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());
const vector = fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 });

describe('AdamW', () => {
  test('equals the algorithm written out for one number at a time', () => {
    const settings = new Optimiser();
    const { beta1, beta2, epsilon, weightDecay, learningRate } = settings;
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 5 }), vector, (gradients, start) => {
        const mask = [1, 0, 1, 0];
        let state = {
          parameters: tf.tensor1d(start),
          firstMoment: tf.zeros([4]) as tf.Tensor1D,
          secondMoment: tf.zeros([4]) as tf.Tensor1D,
        };
        gradients.forEach((gradient, i) => {
          state = adamW(state, tf.tensor1d(gradient), settings, {
            learningRate: tf.scalar(learningRate),
            firstCorrection: tf.scalar(1 - beta1 ** (i + 1)),
            secondCorrection: tf.scalar(1 - beta2 ** (i + 1)),
            decayMask: tf.tensor1d(mask),
          });
        });
        const expected = start.map((value, at) => {
          let [theta, m, v] = [value, 0, 0];
          gradients.forEach((gradient, i) => {
            const g = gradient[at]!;
            m = beta1 * m + (1 - beta1) * g;
            v = beta2 * v + (1 - beta2) * g * g;
            const step = m / (1 - beta1 ** (i + 1)) / (Math.sqrt(v / (1 - beta2 ** (i + 1))) + epsilon);
            theta -= learningRate * (step + weightDecay * mask[at]! * theta);
          });
          return theta;
        });
        numbers(state.parameters).forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 4));
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('clipping by global norm', () => {
  test('leaves short gradients alone and shortens long ones to the bound, direction kept', () => {
    expect(numbers(clipByGlobalNorm(tf.tensor1d([0.3, 0.4]), 1))).toEqual([Math.fround(0.3), Math.fround(0.4)]);
    const [x, y] = numbers(clipByGlobalNorm(tf.tensor1d([30, 40]), 1));
    expect(x).toBeCloseTo(0.6, 5);
    expect(y).toBeCloseTo(0.8, 5);
    expect(numbers(clipByGlobalNorm(tf.tensor1d([30, 40]), 0))).toEqual([30, 40]);
  });
});

describe('learning rate', () => {
  const settings = Object.assign(new Optimiser(), { learningRate: 0.01, warmUpShare: 0.1, finalShare: 0.1 });
  test('rises linearly, peaks, falls to the final share', () => {
    expect(learningRateAt(1, 100, settings)).toBeCloseTo(0.001);
    expect(learningRateAt(10, 100, settings)).toBeCloseTo(0.01);
    expect(learningRateAt(55, 100, settings)).toBeCloseTo(0.01 * (0.1 + 0.9 / 2));
    expect(learningRateAt(100, 100, settings)).toBeCloseTo(0.001);
  });
  test('a single step is taken at the peak', () => {
    expect(learningRateAt(1, 1, settings)).toBeCloseTo(0.01);
  });
});
