import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { chunkwiseGla, gatedUpdate, scan, vecMat } from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const [batch, heads, keyWidth, valueWidth] = [2, 2, 4, 3];

const inChunks = (readsOwn: boolean) => (query: Tensor, key: Tensor, value: Tensor, logDecay: Tensor) =>
  chunkwiseGla({ query, key, value, logDecay, readsOwn });
const inSteps =
  (readsOwn: boolean) =>
  (...inputs: Tensor[]) =>
    scan(
      (before: Tensor, [query, key, value, logDecay]) => {
        const memory = gatedUpdate(before, tf.exp(logDecay!), key!, value!);
        return { state: memory, output: vecMat(query!, readsOwn ? memory : before) };
      },
      tf.zeros([batch, heads, keyWidth, valueWidth]),
      inputs,
    );

let seed = 0;
const random = (time: number, width: number) => tf.randomNormal([batch, time, heads, width], 0, 1, 'float32', ++seed);
const inputs = (time: number, logDecay: (x: Tensor) => Tensor) => [
  random(time, keyWidth),
  random(time, keyWidth),
  random(time, valueWidth),
  logDecay(random(time, keyWidth)),
];

/** Decays as networks learn them, and such as strain the arithmetic. */
const decays: Record<string, (x: Tensor) => Tensor> = {
  'of any strength': (x) => tf.neg(tf.exp(tf.mul(2, x))),
  'near 1': (x) => tf.mul(-1e-5, tf.abs(x)),
  'near 0': (x) => tf.mul(-1000, tf.abs(x)),
  'near 0 and near 1 by turns': (x) => tf.where(tf.greater(x, 0), tf.mul(-1e-4, tf.abs(x)), tf.mul(-1000, tf.abs(x))),
  'around the strongest that is told apart from 0': (x) => tf.sub(-16, x),
};

describe.each([1, 2, 7, 20, 64])('%i tokens', (time) =>
  it.each(Object.keys(decays))('reads the same as step by step, decays %s', (name) =>
    expectSame(inChunks(true), inSteps(true), inputs(time, decays[name]!)),
  ),
);

describe.each([2, 7, 20, 64])('%i tokens', (time) =>
  it.each(Object.keys(decays))('reads what was there before, decays %s', (name) =>
    expectSame(inChunks(false), inSteps(false), inputs(time, decays[name]!)),
  ),
);

it('reads nothing before the first token', () => {
  const [query, key, value, logDecay] = inputs(1, tf.neg);
  expect(
    inChunks(false)(query!, key!, value!, logDecay!)
      .dataSync()
      .every((x) => x === 0),
  ).toBe(true);
});
