import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf } from '../../src/report/csv';

test('whatever the texts, a reader of CSV gets them back', () => {
  const safe = fc.string().filter((text) => !/^[=+\-@\t\r＝＋－＠]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(safe, safe), { minLength: 1 }), (rows) => {
      expect(parse(csvOf(['one', 'two'], rows), { record_delimiter: '\r\n' })).toEqual([['one', 'two'], ...rows]);
    }),
    { seed: 24 },
  );
});

test('texts that a spreadsheet would compute are marked as texts, numbers are not', () => {
  expect(csvOf(['x'], [['=1+1'], ['+a'], ['-lstm'], ['@SUM(A1)'], [-0.5], ['a=b']])).toBe(
    "x\r\n'=1+1\r\n'+a\r\n'-lstm\r\n'@SUM(A1)\r\n-0.5\r\na=b\r\n",
  );
});

test('nothing is an empty field', () =>
  expect(csvOf(['a', 'b', 'c'], [[null, undefined, 0]])).toBe('a,b,c\r\n,,0\r\n'));
