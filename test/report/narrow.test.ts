import { narrowed, widthsOf } from '../../src/report/narrow';

const column = (title: string, dispensable?: number) => ({ title, align: 'left' as const, dispensable });
const table = {
  heading: 'h',
  columns: [column('name'), column('a', 1), column('bb', 2), column('ccc', 2)],
  rows: [['lstm', '1', '2', '3']],
};
const titles = (width: number) => {
  const { tables, notes } = narrowed({ title: 't', tables: [table], notes: ['n'] }, width);
  return [tables[0]!.columns.map(({ title }) => title), tables[0]!.rows[0], notes];
};

test('columns go together with those as easily spared, and are named', () => {
  expect(widthsOf(table)).toEqual([4, 1, 2, 3]);
  expect(titles(16)).toEqual([['name', 'a', 'bb', 'ccc'], ['lstm', '1', '2', '3'], ['n']]);
  expect(titles(15)).toEqual([
    ['name', 'a'],
    ['lstm', '1'],
    ['n', 'Left out for want of width: bb, ccc.'],
  ]);
  expect(titles(1)).toEqual([['name'], ['lstm'], ['n', 'Left out for want of width: a, bb, ccc.']]);
});
