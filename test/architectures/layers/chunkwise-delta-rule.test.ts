import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { chunkwiseDeltaRule, deltaUpdate, matVec, scan, unitLength } from '../../../architectures/layers';
import { expectSame } from '../../support/architectures/same-function';

beforeAll(() => tf.setBackend('cpu'));
const [batch, heads, keyWidth, valueWidth] = [2, 2, 4, 3];

/** From [query, key, value, beta, ...] with several Householder factors per token and, if there is one more input, a decay. */
const sorted = ([query, ...rest]: Tensor[], each: number) => ({
  query: query!,
  keys: rest.slice(0, each),
  values: rest.slice(each, 2 * each),
  betas: rest.slice(2 * each, 3 * each),
  ...(rest[3 * each] ? { logDecay: rest[3 * each] } : {}),
});
const inChunks =
  (each: number) =>
  (...inputs: Tensor[]) =>
    chunkwiseDeltaRule(sorted(inputs, each));
const inSteps =
  (each: number) =>
  (...inputs: Tensor[]) =>
    scan(
      (before: Tensor, now) => {
        const { query, keys, values, betas, logDecay } = sorted(now, each);
        let memory = logDecay ? tf.mul(before, tf.expandDims(tf.exp(logDecay), -1)) : before;
        keys.forEach((key, j) => (memory = deltaUpdate(memory, key, values[j]!, betas[j]!)));
        return { state: memory, output: matVec(memory, query) };
      },
      tf.zeros([batch, heads, valueWidth, keyWidth]),
      inputs,
    );

let seed = 0;
const random = (time: number, width: number) => tf.randomNormal([batch, time, heads, width], 0, 1, 'float32', ++seed);
function inputs(time: number, each: number, beta: (x: Tensor) => Tensor, logDecay?: (x: Tensor) => Tensor): Tensor[] {
  const list = (make: () => Tensor) => Array.from({ length: each }, make);
  return [
    random(time, keyWidth),
    ...list(() => unitLength(random(time, keyWidth))),
    ...list(() => random(time, valueWidth)),
    ...list(() => beta(random(time, 1))),
    ...(logDecay ? [logDecay(random(time, 1))] : []),
  ];
}
const upTo = (largest: number) => (x: Tensor) => tf.mul(largest, tf.sigmoid(x));

describe.each([1, 2, 7, 40, 64])('%i tokens', (time) => {
  it('reads the same as step by step', () => expectSame(inChunks(1), inSteps(1), inputs(time, 1, upTo(1))));
  it('with betas near 2', () =>
    expectSame(
      inChunks(1),
      inSteps(1),
      inputs(time, 1, (x) => tf.sub(2, tf.mul(1e-3, tf.square(x)))),
    ));
  it('with decays', () =>
    expectSame(
      inChunks(1),
      inSteps(1),
      inputs(time, 1, upTo(2), (x) => tf.neg(tf.softplus(x))),
    ));
  it('with three Householder factors per token', () => expectSame(inChunks(3), inSteps(3), inputs(time, 3, upTo(2))));
  it('with two Householder factors and decays', () =>
    expectSame(
      inChunks(2),
      inSteps(2),
      inputs(time, 2, upTo(2), (x) => tf.neg(tf.softplus(x))),
    ));
});

it('with one key for all tokens and betas of 2: a chain of reflections', () => {
  const [query, key, value, beta] = inputs(64, 1, (x) => tf.fill(x.shape, 2)) as [Tensor, Tensor, Tensor, Tensor];
  const first = tf.slice(key, [0, 0, 0, 0], [-1, 1, -1, -1]);
  expectSame(inChunks(1), inSteps(1), [query, tf.tile(first, [1, 64, 1, 1]), value, beta]);
});

it('with decays near 0 and near 1 by turns', () => {
  const extreme = (x: Tensor) => tf.where(tf.greater(x, 0), tf.mul(-1e-4, tf.abs(x)), tf.mul(-1000, tf.abs(x)));
  expectSame(inChunks(1), inSteps(1), inputs(64, 1, upTo(2), extreme));
});
