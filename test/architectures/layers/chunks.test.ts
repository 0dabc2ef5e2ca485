import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { chunkLength, fromChunks, statesBefore, toChunks } from '../../../architectures/layers';

beforeAll(() => tf.setBackend('cpu'));

it('makes chunks about equal', () => {
  expect([1, 7, 16, 17, 40, 48, 256].map((time) => chunkLength(time, 16))).toEqual([1, 7, 16, 9, 14, 16, 16]);
});

it('cuts time into chunks and joins them again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 }), (time, longest) => {
      const length = chunkLength(time, longest);
      expect(length).toBeLessThanOrEqual(longest);
      const x = tf.randomNormal([2, time, 3, 2], 0, 1, 'float32', 1);
      const chunks = toChunks(x, length);
      expect(chunks.shape).toEqual([Math.ceil(time / length), 2, 3, length, 2]);
      expect(fromChunks(chunks, time).dataSync()).toEqual(x.dataSync());
    }),
    { seed: 1 },
  );
});

it('hands states from chunk to chunk', () => {
  const kept = [NaN, 2, 3]; // nothing is kept of the zeros before the first chunk, nor needed after the last
  const states = statesBefore(tf.tensor2d([[1], [5], [7], [NaN]]), (state, chunk) => tf.mul(state, kept[chunk]!));
  expect(Array.from(states.dataSync())).toEqual([0, 1, 2 * 1 + 5, 3 * 7 + 7]);
});
