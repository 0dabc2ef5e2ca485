import { tableOf } from '../../src/report/table';

test('a row for each entry, without columns that are empty throughout', () => {
  const table = tableOf(
    'numbers',
    [
      { title: 'n', align: 'right', text: (n: number) => String(n) },
      { title: 'nothing', align: 'left', text: () => '' },
      { title: 'sign', align: 'left', text: (n) => (n < 0 ? '-' : ''), dispensable: 1 },
    ],
    [1, -2],
  );
  expect(table).toEqual({
    heading: 'numbers',
    columns: [
      { title: 'n', align: 'right' },
      { title: 'sign', align: 'left', dispensable: 1 },
    ],
    rows: [
      ['1', ''],
      ['-2', '-'],
    ],
  });
});
