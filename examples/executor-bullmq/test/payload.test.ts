import { fromJson, idOf, toJson } from '../src/payload';

test('numbers that JSON does not know travel as they are', () => {
  const progress = {
    phase: 'training',
    step: 3,
    loss: NaN,
    look: { step: 3, loss: -Infinity, readings: {} },
    steps: 9,
  };
  expect(fromJson(toJson(progress))).toEqual(progress);
  expect(JSON.parse(toJson([Infinity]))).toEqual([{ number: 'Infinity' }]);
});

test('a cell is one job, and another where its weights are wanted', () => {
  const key = 'a'.repeat(64);
  expect(idOf(key, {})).toBe(key);
  expect(idOf(key, { keep: [] })).toBe(key);
  expect(idOf(key, { keep: ['weights'] })).toBe(`${key}.weights`);
});
