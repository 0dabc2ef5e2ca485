import type { Matrix } from 'chomsky-zoo/studies';
import { MyView } from './my-view';

test('names every row with what it learns', () => {
  const [lstm, mamba] = [{ id: 'lstm' }, { id: 'mamba' }];
  const summary = { verdict: 'solves', ranges: { inRange: { score: { exact: 0.987, token: 1 } } } };
  const cells = [{ row: lstm, column: { id: 'parity' }, summary }];
  const matrix = { rows: [lstm, mamba], cells } as unknown as Matrix;
  const drawn = new MyView().draw(matrix, { score: 'exact', palette: 'none' });
  expect(drawn).toBe('lstm: parity 99 % (solves)\nmamba: nothing measured');
});
