import * as tf from '@tensorflow/tfjs-core';
import { KernelText } from '../../../../src/engine/native/emit/kernel-text';
import { LoopAddresses } from '../../../../src/engine/native/emit/loop-addresses';
import type { Buffer } from '../../../../src/engine/native/plan/views';
import { ofKind, planOf } from '../../support/plans';

/** The addresses of the first loop of a program. */
function addressesOf(...given: Parameters<typeof planOf>) {
  const { loop } = ofKind(planOf(...given), 'loop')[0]!;
  const numbers = new Map<Buffer, number>();
  const text = new KernelText(
    (buffer) => numbers.get(buffer) ?? (numbers.set(buffer, numbers.size), numbers.size - 1),
    8,
  );
  const addresses = new LoopAddresses(loop, text);
  return { loop, addresses, strides: [...addresses.all].map(({ strides }) => strides) };
}

it('what all walk through in one stride is one extent', () => {
  const { addresses, strides } = addressesOf((a, b) => [tf.add(a!, b!)], [4, 5], [4, 5]);
  expect([addresses.extents, addresses.inner]).toEqual([[20], 1]);
  expect(strides).toEqual([[1], [1], [1]]);
});

it('extents stay apart where an address jumps', () => {
  const { addresses, strides } = addressesOf((a, b) => [tf.add(tf.transpose(a!), b!)], [5, 4], [5]);
  expect(addresses.extents).toEqual([4, 5]);
  expect(strides).toEqual([
    [1, 4],
    [0, 1],
    [5, 1],
  ]);
});

it('rows end where an extent does', () => {
  const { addresses, strides } = addressesOf((a) => [tf.sum(tf.square(a!), [1, 2])], [3, 4, 5]);
  expect([addresses.extents, addresses.inner, addresses.rowSize]).toEqual([[3, 20], 1, 20]);
  expect(strides).toEqual([
    [20, 1],
    [1, 0],
  ]); // of the sums one for each row
});

it('equal loads are one, under one name', () => {
  const { loop, addresses } = addressesOf((a) => [tf.mul(tf.add(a!, 1), tf.sub(2, a!))], [3, 4]);
  const loads = loop.nodes.flatMap(({ inputs }) => inputs.filter(({ kind }) => kind === 'load'));
  expect(loads).toHaveLength(2);
  expect(addresses.keyOf(loads[1]!)).toBe(loads[0]);
  expect(addresses.of(loads[1]!)).toBe(addresses.of(loads[0]!));
  expect([...addresses.all].map(({ name }) => name)).toEqual(['0', '1']);
});
