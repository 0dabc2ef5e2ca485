import type { Matrix } from 'chomsky-zoo/studies';
import { MatrixHtml } from './matrix-html';

const score = (exact: number) => ({ score: { exact, token: 1 } });
const measured = { verdict: 'extends', ranges: { inRange: score(1), near: score(0.964), far: score(0.5) } };
const cells = new Map<string, object>([
  ['lstm x parity', { summary: measured, problems: [] }],
  ['lstm x <b>', { summary: null, problems: [{ reason: 'it said "no" & left' }] }],
  ['uniform x parity', { summary: { verdict: 'not learnt', ranges: { inRange: score(0) } }, problems: [] }],
  ['uniform x <b>', { summary: null, problems: [] }],
]);
const matrix = {
  experiment: 'a < b',
  rows: [{ id: 'lstm' }, { id: 'uniform' }],
  groups: [{ heading: 'regular', columns: [{ id: 'parity' }, { id: '<b>' }] }],
  cell: (row: string, column: string) => cells.get(`${row} x ${column}`),
} as unknown as Matrix;
const page = new MatrixHtml().draw(matrix, { score: 'exact', palette: 'none' });

test('has a line for every row and a cell for every column', () => {
  expect(page.match(/<tr>/g)).toHaveLength(3);
  expect(page.match(/<td/g)).toHaveLength(4);
  expect(page).toContain(
    '<th scope="row">lstm</th><td title="extends" style="background:hsl(140 60% 55%)">100 / 96 / 50</td>',
  );
  expect(page).toContain('<td title="not learnt" style="background:hsl(140 60% 100%)">0 / – / –</td>');
});

test('takes no name for a tag', () => {
  expect(page).not.toContain('<b>');
  expect(page).toContain('<title>a &lt; b</title>');
  expect(page).toContain('<th scope="col">&lt;b&gt;</th>');
  expect(page).toContain('<td title="it said &quot;no&quot; &amp; left">–</td>');
});
