import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import { chunkedReplacement, outer, read, scan, unitLength } from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const [batch, heads, keyWidth, valueWidth] = [2, 2, 4, 3];

const inChunks = (query: Tensor, address: Tensor, removed: Tensor, key: Tensor, value: Tensor, logDecay: Tensor) =>
  chunkedReplacement({ query, address, removed, key, value, logDecay });
const inSteps = (...inputs: Tensor[]) =>
  scan(
    (before: Tensor, [query, address, removed, key, value, logDecay]) => {
      const kept = tf.sub(
        tf.mul(before, tf.expandDims(tf.exp(logDecay!), -1)),
        outer(removed!, read(address!, before)),
      );
      const memory = tf.add(kept, outer(key!, value!));
      return { state: memory, output: read(query!, memory) };
    },
    tf.zeros([batch, heads, keyWidth, valueWidth]),
    inputs,
  );

let seed = 0;
const random = (time: number, width: number) => tf.randomNormal([batch, time, heads, width], 0, 1, 'float32', ++seed);
/** Rates of removal are relative to 1 + w, the largest with which nothing grows. */
function inputs(time: number, rate: (x: Tensor) => Tensor, logDecay: (x: Tensor) => Tensor): Tensor[] {
  const decay = logDecay(random(time, keyWidth));
  const address = unitLength(random(time, keyWidth));
  const removed = tf.mul(address, tf.mul(rate(random(time, 1)), tf.add(1, tf.exp(decay))));
  return [random(time, keyWidth), address, removed, random(time, keyWidth), random(time, valueWidth), decay];
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
