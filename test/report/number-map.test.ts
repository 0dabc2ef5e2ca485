import { numberMapsSvg, numberMapText, type NumberMap } from '../../src/report/number-map';
import { elementsOf } from '../support/xml';

const map: NumberMap = {
  title: 'State <h>',
  rows: ['1', '<slot>'],
  values: [
    [0, 0.5, 1],
    [1, 0, -2],
  ],
  from: 0,
  to: 1,
};

it('gives every number a character, whose shade is its share of the range', () => {
  expect(numberMapText(map, 80)).toEqual(['State <h> (0 to 1)', '1       ▒█', '<slot> █']);
});

it('puts neighbours together where a line has no room for all of them', () => {
  const wide = { ...map, rows: ['1'], values: [Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 0))] };
  const [title, line] = numberMapText(wide, 12);
  expect(title).toContain(', 4 to a character');
  expect(line).toBe('1 █████');
});

it('draws a rectangle for every number, in well-formed XML whatever names there are', () => {
  const svg = numberMapsSvg('lstm x a&b', 'what', [map, { ...map, columns: ['<a>', 'b', 'c'] }]);
  expect(elementsOf(svg).filter((name) => name === 'rect')).toHaveLength(1 + 12); // the page and the numbers
});
