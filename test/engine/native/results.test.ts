import type { Machine } from '../../../src/engine/native/compile/machine';
import { Results } from '../../../src/engine/native/results';

const machine = { memory: (bytes: number) => new Uint8Array(bytes) } as unknown as Machine;
const large = { shape: [40, 50], dtype: 'float32' } as const;

it('gives out what came back, to whoever wants as much of the same kind', () => {
  const results = new Results(machine);
  const first = results.take(large);
  expect([first.constructor, first.length]).toEqual([Float32Array, 2000]);
  expect(results.take(large)).not.toBe(first);
  results.giveBack(first, large);
  expect(results.take({ shape: [2000], dtype: 'int32' }).constructor).toBe(Int32Array);
  expect(results.take({ shape: [2001], dtype: 'float32' })).toHaveLength(2001);
  expect(results.take({ shape: [2000], dtype: 'float32' })).toBe(first);
  expect(results.take(large)).not.toBe(first); // only once
});

it('keeps neither small arrays nor many', () => {
  const results = new Results(machine);
  const small = { shape: [3], dtype: 'bool' } as const;
  const one = results.take(small);
  expect(one).toEqual(new Uint8Array(3));
  results.giveBack(one, small);
  expect(results.take(small)).not.toBe(one);
  const many = Array.from({ length: 20 }, () => results.take(large));
  for (const array of many) results.giveBack(array, large);
  const again = new Set(Array.from({ length: 20 }, () => results.take(large)));
  expect(many.filter((array) => again.has(array))).toHaveLength(8);
});

it('keeps nothing once it is cleared', () => {
  const results = new Results(machine);
  const array = results.take(large);
  results.giveBack(array, large);
  results.clear();
  expect(results.take(large)).not.toBe(array);
});
