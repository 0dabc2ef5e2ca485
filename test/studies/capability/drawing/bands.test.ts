import fc from 'fast-check';
import { bandsOf } from '../../../../src/studies/capability/drawing/bands';

const group = (level: string, ...ids: string[]) => ({
  heading: level,
  columns: ids.map((id) => ({ id, title: id, level })),
});

test('a level may continue in the next band', () => {
  const bands = bandsOf([group('regular', 'a', 'b', 'c'), group('counter', 'd')], 2);
  expect(
    bands.map((band) => band.map(({ heading, columns }) => [heading, columns.map(({ id }) => id).join()])),
  ).toEqual([
    [['regular', 'a,b']],
    [
      ['regular', 'c'],
      ['counter', 'd'],
    ],
  ]);
});

test('every column is drawn once, in order, in as few bands as fit and nearly equal ones', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 10 }), (count, most) => {
      const ids = Array.from({ length: count }, (_, at) => `t${at}`);
      const sizes = bandsOf([group('regular', ...ids)], most).map((band) => band.flatMap(({ columns }) => columns));
      expect(sizes.flat().map(({ id }) => id)).toEqual(ids);
      expect(sizes).toHaveLength(Math.ceil(count / most));
      expect(Math.max(...sizes.map(({ length }) => length))).toBeLessThanOrEqual(most);
      expect(
        Math.max(...sizes.map(({ length }) => length)) - Math.min(...sizes.map(({ length }) => length)),
      ).toBeLessThanOrEqual(1);
    }),
    { seed: 12 },
  );
});

test('no columns make one empty band', () => {
  expect(bandsOf([], 5)).toEqual([[]]);
});
