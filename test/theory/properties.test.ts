import fc from 'fast-check';
import { conditionProblem, holds, valuesOf } from '../../src/theory/properties';

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

it('holds of a value, of one of several, and of nothing else', () => {
  fc.assert(
    fc.property(fc.array(value), value, (list, actual) => {
      expect(holds(list, actual)).toBe(list.some((each) => each === actual));
      expect(holds(actual, actual)).toBe(true);
    }),
  );
});

it('holds of numbers between its bounds, and of no number that is not known', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer(), (atLeast, atMost, actual) => {
      expect(holds({ atLeast, atMost }, actual)).toBe(actual >= atLeast && actual <= atMost);
      expect(holds({ atLeast }, actual)).toBe(actual >= atLeast);
      expect(holds({ atMost }, null)).toBe(false);
    }),
  );
});

it('takes what is absent for what is not known', () => {
  expect(holds(null, undefined)).toBe(true);
  expect(holds(false, undefined)).toBe(false);
});

it('names the values that it asks for', () => {
  expect(valuesOf(['a', null])).toEqual(['a', null]);
  expect(valuesOf(true)).toEqual([true]);
  expect(valuesOf({ atLeast: 1 })).toEqual([]);
});

it.each([
  [['a', 'b'], 'a', undefined],
  [['a', 'b'], ['a', null], undefined],
  ['word', 'anything', undefined],
  ['flag', false, undefined],
  ['number', 3, undefined],
  ['number', { atLeast: 3 }, undefined],
  [undefined, 'a', 'there is no such property'],
  [['a', 'b'], ['a', 'c'], '"c" is no value of it'],
  ['flag', 'yes', '"yes" is no value of it'],
  ['flag', { atLeast: 1 }, 'only numbers have a range'],
  ['number', {}, 'a range is {"atLeast": number, "atMost": number}'],
  ['number', { least: 1 }, 'a range is {"atLeast": number, "atMost": number}'],
] as const)('judges a condition on %j that says %j', (kind, condition, problem) => {
  expect(conditionProblem(kind, condition)).toBe(problem);
});
