import { arrange, initialArrangement, isNamed, type Arrangement } from '../../../src/page/matrix/arrangement';
import { gridOf } from '../../../src/studies/capability/report/grid-of';
import { smallMatrix } from '../../support/matrix';

const grid = gridOf(smallMatrix(), { protocols: [], familyOf: (row) => (row === 'lstm' ? 'rnn' : undefined) });
const shown = (choice: Partial<Arrangement>) => {
  const { rows, columns } = arrange(grid, { ...initialArrangement(grid), ...choice });
  return [rows.map((at) => grid.rows[at]!.id), columns.map((at) => grid.columns[at]!.id)];
};

test('shows everything as the experiment has it', () =>
  expect(shown({})).toEqual([grid.rows.map(({ id }) => id), grid.columns.map(({ id }) => id)]));

test('finds rows and columns by parts of their names', () => {
  expect(shown({ rows: 'LST, form', columns: 'par', hasBaselines: false })).toEqual([
    ['lstm', 'transformer'],
    ['parity'],
  ]);
  expect(isNamed(' , ', 'anything')).toBe(true);
});

test('leaves out baselines, other levels and other families', () => {
  expect(shown({ family: 'rnn', hasBaselines: false })[0]).toEqual(['lstm']);
  expect(shown({ levels: new Set(['no such level']) })[1]).toEqual([]);
});

test('orders rows by a column: capability, and exact match among equals; what has no scores last', () => {
  expect(shown({ rowOrder: 'by reversal' })[0]).toEqual(['oracle', 'lstm', 'uniform', 'transformer']);
  expect(shown({ columnOrder: 'by lstm' })[1]).toEqual(['parity', 'reversal']);
  expect(shown({ columnOrder: 'capability' })[1]).toEqual(['parity', 'reversal']);
  expect(shown({ rowOrder: 'name' })[0]).toEqual(['lstm', 'oracle', 'transformer', 'uniform']);
});

test('similar rows stand together', () => {
  const [rows] = shown({ rowOrder: 'cluster' });
  expect(Math.abs(rows!.indexOf('transformer') - rows!.indexOf('uniform'))).toBe(1);
});
