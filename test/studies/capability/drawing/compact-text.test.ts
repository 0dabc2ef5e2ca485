import { CompactMap } from '../../../../src/studies/capability/drawing/compact-text';
import { smallMatrix } from '../../../support/matrix';

const draw = (width: number) => new CompactMap(smallMatrix(), { score: 'exact', palette: 'none' }, width).text();

test('a character for each cell under names that stand on it', () => {
  const lines = draw(80).split('\n');
  expect(lines.find((line) => line.startsWith('lstm'))).toBe('lstm        ●  ◔');
  expect(lines.find((line) => line.startsWith('transformer'))).toBe('transformer ○  –');
  expect(
    lines
      .slice(0, 8)
      .map((line) => line.slice(12, 13))
      .join(''),
  ).toBe('  parity');
  expect(
    lines
      .slice(0, 8)
      .map((line) => line.slice(15, 16))
      .join(''),
  ).toBe('reversal');
});

test('columns that do not fit follow below', () => {
  expect(draw(15).match(/^lstm/gm)).toHaveLength(2);
});
