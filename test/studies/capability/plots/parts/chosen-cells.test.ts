import { chosenCells } from '../../../../../src/studies/capability/plots/parts/chosen-cells';
import { makeMatrix } from '../../../../support/matrix';

const rows = ['a', 'b', 'c'];
const records = rows.flatMap((architecture, at) => [
  { architecture, task: 'parity', inRange: 1, near: at / 2, far: 0 },
  { architecture, task: 'copy', inRange: 1, near: 1, far: 1 },
]);
const guesses = ['parity', 'copy'].map((task) => ({
  architecture: 'uniform',
  task,
  baseline: true,
  inRange: 0,
  near: 0,
  far: 0,
}));
const { cells } = makeMatrix(
  {
    architectures: rows,
    baselines: ['uniform'],
    tasks: [
      ['parity', 'regular'],
      ['copy', 'regular'],
    ],
  },
  [...records, ...guesses],
);
const figure = { id: 'x', title: 'X', caption: 'Seen.', panels: [] };

it('shows all rows and columns that fit, without the baselines and without a word', () => {
  const chosen = chosenCells({ cells });
  expect(chosen.cells.map(({ row, column }) => `${row} ${column}`)).toHaveLength(6);
  expect(chosen.told([figure])).toEqual([figure]);
});

it('shows the best rows, and the columns that tell rows apart, where there are more; and says so', () => {
  const { cells: shown, told } = chosenCells({ cells }, { rows: 1, columns: 1 });
  expect(shown.map(({ row, column }) => `${row} ${column}`)).toEqual(['c parity']);
  expect(told([figure])[0]!.caption).toBe(
    'Seen. Shown are the 1 of 3 rows with most capability, and the 1 of 2 columns on which rows differ most; others are named with --only.',
  );
});

it('shows baselines where there is nothing else', () => {
  const only = chosenCells({ cells: cells.filter(({ row }) => row.kind === 'baseline') });
  expect(new Set(only.cells.map(({ row }) => row))).toEqual(new Set(['uniform']));
});
