import { shownScore } from '../../../../src/studies/capability/drawing/shown-score';
import { smallMatrix } from '../../../support/matrix';

const range = (row: string, column: string) => smallMatrix().cell(row, column).summary!.ranges.inRange;

test('exact match above guessing: 0 for whoever guesses, below it for whoever does worse', () => {
  expect(shownScore(range('transformer', 'parity'), 'exact')).toBe(0.6);
  expect(shownScore(range('transformer', 'parity'), 'scaled')).toBeCloseTo(0.2);
  expect(shownScore(range('uniform', 'parity'), 'scaled')).toBe(0);
});

test('nothing where there is no scale', () => {
  expect(shownScore({ ...range('lstm', 'parity'), hasScale: false }, 'scaled')).toBeNull();
  expect(shownScore({ ...range('lstm', 'parity'), score: null }, 'token')).toBeNull();
});
