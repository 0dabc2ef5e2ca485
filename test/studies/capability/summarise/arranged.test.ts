import fc from 'fast-check';
import { columnGroupings } from '../../../../src/core/contracts/study';
import { arranged, familyOf } from '../../../../src/studies/capability/summarise/arranged';
import { columnsOf, type Matrix } from '../../../../src/studies/capability/summarise/matrix';
import { makeMatrix, smallMatrix } from '../../../support/matrix';

const rows = ({ rows: shown }: Matrix) => shown.map(({ id }) => id);
const groups = (matrix: Matrix) =>
  matrix.groups.map(({ heading, columns }) => [heading, ...columns.map(({ id }) => id)]);

const wide = makeMatrix(
  {
    architectures: ['b', 'c', 'a'],
    baselines: ['oracle', 'uniform'],
    tasks: [
      ['tomita-2', 'regular'],
      ['dyck{kinds=2}', 'counter'],
      ['dyck', 'counter'],
      ['tomita-1', 'regular'],
    ],
  },
  [
    { architecture: 'a', task: 'dyck', inRange: 1, near: 1, far: 1 },
    { architecture: 'b', task: 'dyck', inRange: 1, near: 0.5, far: 0.5 },
    { architecture: 'b', task: 'tomita-1', inRange: 1, near: 1, far: 1 },
    ...['dyck', 'tomita-1'].map((task) => ({
      architecture: 'uniform',
      task,
      baseline: true,
      inRange: 0.5,
      near: 0.5,
      far: 0.5,
    })),
  ],
);

test('rows by name, by what they reach over all columns, or on one; baselines stay below', () => {
  expect(rows(arranged(wide, { sort: 'name' }))).toEqual(['a', 'b', 'c', 'uniform', 'oracle']);
  expect(rows(arranged(wide, { sort: 'capability' }))).toEqual(['a', 'b', 'c', 'uniform', 'oracle']);
  expect(rows(arranged(wide, { sort: 'tomita-1' }))).toEqual(['b', 'c', 'a', 'uniform', 'oracle']);
  expect(rows(wide)).toEqual(['b', 'c', 'a', 'uniform', 'oracle']);
});

test('columns under levels, families or in the order of their names', () => {
  expect(groups(arranged(wide, { group: 'level' }))).toEqual([
    ['regular', 'tomita-2', 'tomita-1'],
    ['counter', 'dyck{kinds=2}', 'dyck'],
  ]);
  expect(groups(arranged(wide, { group: 'family' }))).toEqual([
    ['tomita-2', 'tomita-2'],
    ['tomita-1', 'tomita-1'],
    ['dyck', 'dyck{kinds=2}', 'dyck'],
  ]);
  expect(groups(arranged(wide, { group: 'task' }))).toEqual([
    ['all tasks', 'dyck', 'dyck{kinds=2}', 'tomita-1', 'tomita-2'],
  ]);
});

test('a family that the manifest names goes before what names tell', () => {
  expect(familyOf({ id: 'tomita-1', family: 'tomita' })).toBe('tomita');
  expect(familyOf({ id: 'mqar{keys=32}' })).toBe('mqar');
});

test('an order that is none is refused with what is near', () => {
  expect(() => arranged(wide, { sort: 'tomita-3' })).toThrow(/there is no column "tomita-3"/);
  expect(() => arranged(wide, { sort: 'capabilty' })).toThrow(/capability/);
});

test('no arrangement loses or invents a cell', () => {
  const orders = ['capability', 'name', 'family', ...columnsOf(smallMatrix()).map(({ id }) => id), undefined];
  fc.assert(
    fc.property(
      fc.constantFrom(...orders),
      fc.option(fc.constantFrom(...columnGroupings), { nil: undefined }),
      (sort, group) => {
        const matrix = smallMatrix();
        const { cells } = arranged(matrix, { sort, group });
        expect(new Set(cells)).toEqual(new Set(matrix.cells));
        expect(cells).toHaveLength(matrix.cells.length);
      },
    ),
  );
});
