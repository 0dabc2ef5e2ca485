import * as tf from '@tensorflow/tfjs-core';
import {
  inTwoParts,
  layerShortcuts,
  modelShortcuts,
  shortenedLayer,
  shortenedModel,
} from '../../../architectures/layers/shortcuts';
import { chain, type SequenceLayer, tokenwise } from '../../../architectures/layers/sequence-layer';

beforeAll(() => tf.setBackend('cpu'));

const forward = (_: object, x: tf.Tensor) => x;
const layer = { ...tokenwise((_, x) => x), forward } satisfies SequenceLayer;

it('go where the function goes, and are gone where there is another', () => {
  const shortened = { ...layer, forward: shortenedLayer((_, x) => x, { isTokenwise: true }) };
  expect(layerShortcuts({ ...shortened }).isTokenwise).toBe(true);
  expect(layerShortcuts({ ...shortened, forward })).toEqual({});
  const model = { forward: shortenedModel((_, tokens) => tokens, { forwardAt: jest.fn() }) };
  expect(modelShortcuts({ ...model }).forwardAt).toBeDefined();
  expect(modelShortcuts({ forward: () => tf.zeros([1, 1, 1]) })).toEqual({});
});

it('make a chain choose tokens where its last layers look at one at a time', () => {
  const seen: number[] = [];
  const counting = tokenwise((_, x) => (seen.push(x.shape[1]!), x));
  const { forwardAt } = layerShortcuts(chain([layer, counting]));
  const first = <T extends tf.Tensor>(x: T) => tf.slice(x, [0, 0, 0], [-1, 1, -1]);
  expect(forwardAt!({}, tf.zeros([2, 5, 3]), first).shape).toEqual([2, 1, 3]);
  expect(seen).toEqual([1]);
  expect(layerShortcuts(chain([counting, layer])).forwardAt).toBeUndefined();
});

it('come with two parts as far as these are good for something', () => {
  const parts = {
    prepare: (_: object, x: tf.Tensor3D) => [x],
    complete: (_: object, [x]: readonly tf.Tensor[]) => x as tf.Tensor3D,
  };
  const kinds = ([isTable, canChoose]: readonly [boolean, boolean]) =>
    Object.keys(layerShortcuts({ forward: inTwoParts(parts, { isTable, canChoose }) })).sort();
  expect(kinds([true, true])).toEqual(['forwardAt', 'prepared']);
  expect(kinds([false, true])).toEqual(['forwardAt']);
  expect(kinds([true, false])).toEqual(['prepared']);
});
