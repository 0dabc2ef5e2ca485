import fc from 'fast-check';
import { seriation } from '../../../src/page/matrix/cluster';

test('similar items become neighbours, the higher ones first', () => {
  expect(
    seriation(
      [
        [0, 0],
        [1, 1],
        [0.1, 0],
        [0.9, 1],
        [1, 0.9],
      ].map((profile) => [...profile]),
    ),
  ).toEqual([1, 3, 4, 2, 0]);
});

test('what two items do not share does not count', () =>
  expect(
    seriation([
      [1, null],
      [null, 0.2],
      [1, 0.9],
    ]),
  ).toEqual([0, 2, 1]));

test('every item is there once', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 3, maxLength: 3 })),
      (profiles) => {
        expect([...seriation(profiles)].sort((a, b) => a - b)).toEqual(profiles.map((_, at) => at));
      },
    ),
    { seed: 20 },
  ));
