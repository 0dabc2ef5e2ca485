import fc from 'fast-check';
import { addressOf, routeOf, type Route } from '../../src/page/route';

const name = fc.string({ minLength: 1, unit: 'grapheme' });
const routes = fc.oneof(
  fc.record({ view: fc.constant('results' as const), results: name }),
  fc.record({ view: fc.constant('leaderboard' as const), results: name }),
  fc.record({ view: fc.constant('cell' as const), results: name, row: name, column: name }),
);

test('addresses lead back to what they were made of, whatever the names', () =>
  fc.assert(
    fc.property(routes, (route: Route) => expect(routeOf(addressOf(route))).toEqual(route)),
    { seed: 20 },
  ));

test.each(['', '#', '#/', '#/a/cell', '#/a/cell/b', '#/a/other', '#/%'])('%s means nothing', (address) =>
  expect(routeOf(address)).toBeNull(),
);
