import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { alibi, bidirectionalAlibi, rotary, rotateHeads, sinusoidal } from '../../../architectures/layers';

beforeAll(() => tf.setBackend('cpu'));
const at = (...positions: number[]) => tf.tensor1d(positions) as Tensor1D;

it.each(['halves', 'adjacent'] as const)('turns pairs of %s so that products depend on the distance alone', (pairs) => {
  const vector = (seed: number) => tf.randomNormal([1, 1, 1, 8], 0, 1, 'float32', seed) as Tensor4D;
  const [query, key] = [vector(1), vector(2)];
  const rotate = rotary(8, pairs).rotate!;
  const score = (t: number, s: number) => tf.sum(tf.mul(rotate(query, at(t)), rotate(key, at(s)))).dataSync()[0]!;
  expect(score(7, 3)).toBeCloseTo(score(104, 100), 4);
  expect(score(7, 3)).not.toBeCloseTo(score(7, 4), 2);
  expect(score(5, 5)).toBeCloseTo(tf.sum(tf.mul(query, key)).dataSync()[0]!, 4);
});

it('turns heads the same whether time runs outside or a single token is given', () => {
  const x = tf.randomNormal([2, 5, 3, 4], 0, 1, 'float32', 3); // [batch, time, heads, headWidth]
  const all = rotateHeads(x, at(0, 1, 2, 3, 4));
  const third = rotateHeads(tf.squeeze(tf.slice(x, [0, 3, 0, 0], [-1, 1, -1, -1]), [1]), at(3));
  const difference = tf.sub(tf.slice(all, [0, 3, 0, 0], [-1, 1, -1, -1]), tf.expandDims(third, 1));
  expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-6);
});

it('adds sines and cosines of the paper', () => {
  const values = sinusoidal(4).embed!({}, at(0, 3)).arraySync() as number[][];
  expect(values[0]).toEqual([0, 0, 1, 1]);
  [Math.sin(3), Math.sin(0.03), Math.cos(3), Math.cos(0.03)].forEach((x, i) => expect(values[1]![i]).toBeCloseTo(x, 6));
});

it('lowers scores by slope times distance', () => {
  const positions = at(0, 1, 2);
  const nothing = tf.zeros([1, 2, 3, 4]) as Tensor4D;
  const bias = alibi(2).bias!({}, nothing, positions)(positions);
  expect((bias.arraySync() as number[][][])[0]![2]).toEqual([-2 / 16, -1 / 16, -0]);
  expect((bias.arraySync() as number[][][])[1]![2]).toEqual([-2 / 256, -1 / 256, -0]);
});

it('lowers scores on both sides, on the left by half a token less', () => {
  const positions = at(0, 1, 2);
  const bias = bidirectionalAlibi(2).bias!(
    {},
    tf.zeros([1, 2, 3, 4]),
    positions,
  )(positions).arraySync() as number[][][];
  expect(bias[0]![1]!.map((x) => 16 * x)).toEqual([-0.5, -0, -1]);
  expect(bias[1]![2]!.map((x) => 256 * x)).toEqual([-1.5, -0.5, -0]);
});

it('turns channels i and i + half, or 2i and 2i + 1, by the same angle', () => {
  const x = tf.tensor4d([1, 2, 3, 4], [1, 1, 1, 4]);
  const turn = (a: number, b: number, angle: number) => [
    a * Math.cos(angle) - b * Math.sin(angle),
    a * Math.sin(angle) + b * Math.cos(angle),
  ];
  const [first, second] = [turn(1, 2, 5), turn(3, 4, 0.05)] as [number[], number[]];
  const adjacent = rotary(4, 'adjacent').rotate!(x, at(5)).dataSync();
  [...first, ...second].forEach((y, i) => expect(adjacent[i]).toBeCloseTo(y, 5));
  const [one, other] = [turn(1, 3, 5), turn(2, 4, 0.05)] as [number[], number[]];
  const halves = rotary(4).rotate!(x, at(5)).dataSync();
  [one[0]!, other[0]!, one[1]!, other[1]!].forEach((y, i) => expect(halves[i]).toBeCloseTo(y, 5));
});

it.each([1, 5])('leaves a channel without a partner as it is: heads of width %i', (headWidth) => {
  const x = tf.randomNormal([1, 2, 3, headWidth], 0, 1, 'float32', 4) as Tensor4D;
  for (const pairs of ['halves', 'adjacent'] as const) {
    const turned = rotary(headWidth, pairs).rotate!(x, at(0, 1, 2));
    const last = (all: tf.Tensor) => tf.slice(all, [0, 0, 0, headWidth - 1], [-1, -1, -1, 1]).dataSync();
    expect(last(turned)).toEqual(last(x));
    const lengths = (all: tf.Tensor) => [...tf.norm(all, 2, -1).dataSync()];
    lengths(turned).forEach((length, i) => expect(length).toBeCloseTo(lengths(x)[i]!, 5));
  }
});
