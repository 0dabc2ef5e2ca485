import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { chunkwiseDplr, matVec, outer, scan, unitLength } from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const [batch, heads, keyWidth, valueWidth] = [2, 2, 4, 3];

const inChunks = (query: Tensor, a: Tensor, b: Tensor, key: Tensor, value: Tensor, logDecay: Tensor) =>
  chunkwiseDplr({ query, a, b, key, value, logDecay });
/** S := S (diag(w) - a b^T) + v k^T */
const inSteps = (...inputs: Tensor[]) =>
  scan(
    (before: Tensor, [query, a, b, key, value, logDecay]) => {
      const decayed = tf.mul(before, tf.expandDims(tf.exp(logDecay!), -2));
      const memory = tf.add(tf.sub(decayed, outer(matVec(before, a!), b!)), outer(value!, key!));
      return { state: memory, output: matVec(memory, query!) };
    },
    tf.zeros([batch, heads, valueWidth, keyWidth]),
    inputs,
  );

let seed = 0;
const random = (time: number, width: number) => tf.randomNormal([batch, time, heads, width], 0, 1, 'float32', ++seed);
/** Rates of removal are relative to 1 + w, the largest with which nothing grows. */
function inputs(time: number, rate: (x: Tensor) => Tensor, logDecay: (x: Tensor) => Tensor): Tensor[] {
  const decay = logDecay(random(time, keyWidth));
  const a = unitLength(random(time, keyWidth));
  const b = tf.mul(a, tf.mul(rate(random(time, 1)), tf.add(1, tf.exp(decay))));
  return [random(time, keyWidth), a, b, random(time, keyWidth), random(time, valueWidth), decay];
}
const strongest = -Math.exp(-0.5); // of RWKV-7
const decays: Record<string, (x: Tensor) => Tensor> = {
  'of RWKV-7': (x) => tf.mul(strongest, tf.sigmoid(x)),
  'all as strong as they can be': (x) => tf.fill(x.shape, strongest),
  'near 1': (x) => tf.mul(-1e-5, tf.abs(x)),
  'far stronger': (x) => tf.mul(-5, tf.sigmoid(x)),
};
const rates: Record<string, (x: Tensor) => Tensor> = {
  'of any size': tf.sigmoid,
  'near the largest': (x) => tf.sub(0.5, tf.mul(1e-3, tf.square(x))),
  'near 0': (x) => tf.mul(1e-3, tf.square(x)),
};

describe.each([1, 2, 7, 40, 64])('%i tokens', (time) =>
  describe.each(Object.keys(decays))('decays %s', (decay) =>
    it.each(Object.keys(rates))('rates %s: reads the same as step by step', (rate) =>
      expectSame(inChunks, inSteps, inputs(time, rates[rate]!, decays[decay]!)),
    ),
  ),
);
