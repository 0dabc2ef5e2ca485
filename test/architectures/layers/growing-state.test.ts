import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { appended, recentOf, settled } from '../../../architectures/layers/growing-state';

beforeAll(() => tf.setBackend('cpu'));

const position = (at: number) => tf.scalar(at, 'int32');

it('puts tokens that were concatenated in their places, wherever time is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(5),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(2),
      (room, at, count, axis) => {
        fc.pre(at + count <= room);
        tf.tidy(() => {
          const along = (values: number[]) => {
            const shape = [2, 2, 2].map((extent, i) => (i === axis ? 1 : extent));
            return tf.concat(
              values.map((value) => tf.fill(shape, value)),
              axis,
            );
          };
          const [old, fresh] = [
            Array.from({ length: room }, (_, i) => -i - 1),
            Array.from({ length: count }, (_, i) => i + 1),
          ];
          const next = settled({ key: along(old) }, { key: along([...old, ...fresh]) }, position(at));
          const expected = old.map((value, i) => fresh[i - at] ?? value);
          expect(next.key!.arraySync()).toEqual(along(expected).arraySync());
        });
      },
    ),
  );
});

it('leaves alone what keeps its shape, and what is appended beside it', () => {
  const before = { hidden: tf.zeros([1, 2]), key: tf.zeros([1, 3, 2]) };
  const once = appended({ ...before, hidden: tf.ones([1, 2]) }, { key: tf.ones([1, 1, 2]) }, 1);
  expect(settled(before, once, position(0))).toEqual(once);
  const twice = appended(once, { key: tf.fill([1, 1, 2], 2) }, 1);
  expect(settled(once, twice, position(1))).toEqual(twice);
  expect(twice.key).toBe(before.key);
  expect(recentOf(twice, 'key')!.arraySync()).toEqual([
    [
      [1, 1],
      [2, 2],
    ],
  ]);
  expect(recentOf(twice, 'hidden')).toBeUndefined();
});
