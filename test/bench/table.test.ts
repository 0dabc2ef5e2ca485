import { alignedTable } from '../../src/bench/table';

it('is as wide as its widest texts, names on the left, numbers on the right', () => {
  expect(
    alignedTable(
      ['name', 'ms'],
      [
        ['a', '1.0'],
        ['longer', '10.0'],
      ],
    ),
  ).toEqual(['name      ms', 'a        1.0', 'longer  10.0']);
});

it('is a head alone where there are no rows', () => {
  expect(alignedTable(['name', 'ms'], [])).toEqual(['name  ms']);
});
