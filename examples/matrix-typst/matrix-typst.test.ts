import type { Matrix } from 'chomsky-zoo/studies';
import { MatrixTypst } from './matrix-typst';

const score = (exact: number) => ({ score: { exact, token: 1 } });
const measured = { verdict: 'extends', ranges: { inRange: score(1), near: score(0.964), far: score(0.5) } };
const cells = new Map<string, object>([
  ['lstm x parity', { summary: measured, problems: [] }],
  ['lstm x #b*', { summary: null, problems: [{ reason: 'not run yet' }] }],
  ['uniform x parity', { summary: { verdict: 'not learnt', ranges: { inRange: score(0) } }, problems: [] }],
  ['uniform x #b*', { summary: null, problems: [] }],
]);
const matrix = {
  experiment: 'an experiment',
  rows: [{ id: 'lstm' }, { id: 'uniform' }],
  groups: [{ heading: 'regular', columns: [{ id: 'parity' }, { id: '#b*' }] }],
  cell: (row: string, column: string) => cells.get(`${row} x ${column}`),
} as unknown as Matrix;
const lines = new MatrixTypst().draw(matrix, { score: 'exact', palette: 'none' }).split('\n');

test('has a line for every row and a cell for every column', () => {
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe('#table(columns: 3,');
  expect(lines[2]).toBe('  [lstm], table.cell(fill: color.mix((white, 0%), (green, 100%)))[100 \\/ 96 \\/ 50], [–],');
  expect(lines[3]).toContain('(green, 0%)))[0 \\/ – \\/ –]');
});

test('takes no name for markup', () => expect(lines[1]).toBe('  table.header([], [parity], [\\#b\\*]),'));
