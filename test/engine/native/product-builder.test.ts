import * as tf from '@tensorflow/tfjs';
import { settled } from '../../../src/engine/native/views';
import { kindsOf, loopsOf, ofKind, planOf } from '../support/plans';

describe('products', () => {
  it('are added to an earlier one in its place', () => {
    const plan = planOf((a, b, c, d) => [tf.tanh(tf.add(tf.matMul(a!, b!), tf.matMul(c!, d!)))], [2, 3], [3, 4], [2, 5], [5, 4]);
    const [first, second] = ofKind(plan, 'product');
    expect([first!.accumulate, second!.accumulate]).toEqual([false, true]);
    expect(settled(second!.out.buffer)).toEqual({ buffer: first!.out.buffer, offset: 0 });
    expect(loopsOf(plan)).toEqual([['Tanh']]);
  });

  it('are not added where the sum is not all that is wanted of them', () => {
    const plan = planOf((a, b, c) => {
      const product = tf.matMul(a!, b!);
      return [tf.add(product, tf.matMul(c!, b!)), product];
    }, [2, 3], [3, 4], [2, 3]);
    expect(ofKind(plan, 'product').map(({ accumulate }) => accumulate)).toEqual([false, false]);
  });

  it('share a packed matrix, and pack those of a batch as they go', () => {
    const shared = planOf((a, b, w) => [tf.matMul(a!, w!), tf.matMul(tf.tanh(b!), w!)], [2, 3], [7, 3], [3, 4]);
    expect(kindsOf(shared).filter((kind) => kind === 'pack')).toHaveLength(1);
    const [first, second] = ofKind(shared, 'product');
    expect(first!.packed).toBe(second!.packed);
    const batched = planOf((a, b) => [tf.matMul(a!, b!)], [2, 3, 4], [2, 4, 5]);
    expect(ofKind(batched, 'product').map(({ packed }) => packed)).toEqual([undefined]);
  });

  it('have a left factor copied that lies neither in rows nor in columns', () => {
    const plan = planOf((a, b) => [tf.matMul(tf.reshape(tf.slice(tf.reshape(a!, [4, 3, 2]), [0, 0, 0], [4, 3, 1]), [4, 3]), b!)], [4, 6], [3, 2]);
    expect(loopsOf(plan)).toEqual([['Identity']]);
  });
});
