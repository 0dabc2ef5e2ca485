import fc from 'fast-check';
import { comparedColumns } from '../../../../src/studies/capability/summarise/compared-columns';

const of = (rows: Record<string, string>, columns: string, coverage?: number) =>
  comparedColumns(new Map(Object.entries(rows).map(([row, own]) => [row, new Set(own)])), [...columns], coverage);

test('a missing cell costs the column, and no row its rank', () => {
  expect(of({ one: 'abcd', two: 'abc', three: 'abcd' }, 'abcd')).toEqual({
    rows: ['one', 'three', 'two'],
    columns: ['a', 'b', 'c'],
  });
});

test('a row with few of the columns is left out, more where more is asked', () => {
  expect(of({ one: 'abcd', two: 'a' }, 'abcd').rows).toEqual(['one']);
  expect(of({ one: 'abcd', two: 'abc' }, 'abcd', 0.8)).toEqual({ rows: ['one'], columns: ['a', 'b', 'c', 'd'] });
});

test('where nothing is common, rows with the fewest columns go until something is', () => {
  expect(of({ one: 'abc', two: 'bcd', three: 'da' }, 'abcd')).toEqual({ rows: ['one', 'two'], columns: ['b', 'c'] });
  expect(of({}, 'ab')).toEqual({ rows: [], columns: [] });
});

test('every ranked row has every compared column, in whatever order rows come', () => {
  const row = fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.subarray([...'abcdef']));
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ([name]) => name, maxLength: 8 }), (rows) => {
      const has = new Map(rows.map(([name, own]) => [name, new Set(own)]));
      const found = comparedColumns(has, [...'abcdef']);
      for (const name of found.rows) for (const column of found.columns) expect(has.get(name)!.has(column)).toBe(true);
      expect(comparedColumns(new Map([...has].reverse()), [...'abcdef'])).toEqual(found);
    }),
  );
});
