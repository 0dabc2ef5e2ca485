import * as tf from '@tensorflow/tfjs-core';
import type { ProductInstruction } from '../../../../src/engine/native/plan/plan';
import { settled } from '../../../../src/engine/native/plan/views';
import { kindsOf, loopsOf, ofKind, planOf } from '../../support/plans';

describe('products', () => {
  it('are added to an earlier one in its place', () => {
    const plan = planOf(
      (a, b, c, d) => [tf.tanh(tf.add(tf.matMul(a!, b!), tf.matMul(c!, d!)))],
      [2, 3],
      [3, 4],
      [2, 5],
      [5, 4],
    );
    const [first, second] = ofKind(plan, 'product');
    expect([first!.accumulate, second!.accumulate]).toEqual([false, true]);
    expect(settled(second!.out.buffer)).toEqual({ buffer: first!.out.buffer, offset: 0 });
    expect(loopsOf(plan)).toEqual([['Tanh']]);
  });

  it('are not added where the sum is not all that is wanted of them', () => {
    const plan = planOf(
      (a, b, c) => {
        const product = tf.matMul(a!, b!);
        return [tf.add(product, tf.matMul(c!, b!)), product];
      },
      [2, 3],
      [3, 4],
      [2, 3],
    );
    expect(ofKind(plan, 'product').map(({ accumulate }) => accumulate)).toEqual([false, false]);
  });

  it('are added to what a call has written, unless that is wanted elsewhere', () => {
    const rows = (indices: tf.Tensor, table: tf.Tensor) =>
      tf.gather(table, tf.cast(tf.reshape(indices, [-1]), 'int32') as tf.Tensor1D);
    const added = planOf(
      (a, b, i, t) => [tf.tanh(tf.add(rows(i!, t!), tf.matMul(a!, b!)))],
      [2, 3],
      [3, 4],
      [2],
      [9, 4],
    );
    const [call] = ofKind(added, 'call');
    const [product] = ofKind(added, 'product');
    expect(product!.accumulate).toBe(true);
    expect(settled(product!.out.buffer)).toEqual({ buffer: call!.outputs[0]!.buffer, offset: 0 });
    const shared = planOf(
      (a, b, i, t) => {
        const found = rows(i!, t!);
        return [tf.tanh(tf.add(found, tf.matMul(a!, b!))), tf.matMul(tf.transpose(found), a!)];
      },
      [2, 3],
      [3, 4],
      [2],
      [9, 4],
    );
    expect(ofKind(shared, 'product').map(({ accumulate }) => accumulate)).toEqual([false, false]);
  });

  it('share a packed matrix, and pack those of a batch as they go', () => {
    const shared = planOf((a, b, w) => [tf.matMul(a!, w!), tf.matMul(tf.tanh(b!), w!)], [2, 3], [7, 3], [3, 4]);
    expect(kindsOf(shared).filter((kind) => kind === 'pack')).toHaveLength(1);
    const [first, second] = ofKind(shared, 'product');
    expect(first!.packed).toBe(second!.packed);
    const batched = planOf((a, b) => [tf.matMul(a!, b!)], [2, 3, 4], [2, 4, 5]);
    expect(ofKind(batched, 'product').map(({ packed }) => packed)).toEqual([undefined]);
  });

  it('read a right factor where it lies, if its rows are whole vectors and do not displace each other', () => {
    const isDirect = (rows: number, inner: number, columns: number, transposed = false) => {
      const right = transposed ? [columns, inner] : [inner, columns];
      const plan = planOf((a, b) => [tf.matMul(a!, b!, false, transposed)], [rows, inner], right);
      const [{ isDirect: found, packed }] = ofKind(plan, 'product') as [ProductInstruction];
      expect(packed === undefined).toBe(found);
      return found;
    };
    expect(isDirect(100, 5, 48)).toBe(true);
    expect(isDirect(100, 5, 40)).toBe(false);
    expect(isDirect(100, 5, 48, true)).toBe(false);
    expect([isDirect(64, 5, 512), isDirect(65, 5, 512)]).toEqual([true, false]);
  });

  it('have a left factor copied that lies neither in rows nor in columns', () => {
    const plan = planOf(
      (a, b) => [tf.matMul(tf.reshape(tf.slice(tf.reshape(a!, [4, 3, 2]), [0, 0, 0], [4, 3, 1]), [4, 3]), b!)],
      [4, 6],
      [3, 2],
    );
    expect(loopsOf(plan)).toEqual([['Identity']]);
  });
});
