import { columnOf, rowOf } from '../../../core/cell';
import { theoryFilters, type Agreement, type TheoryFilter } from '../../../core/contracts/theory';
import { zooError } from '../../../core/errors';
import { printable } from '../../../report/printable';
import type { Matrix } from './matrix';
import type { MatrixSources } from './pairs';

/**
 * Only the cells of which theory's prediction came to what is asked for, with the baselines of their columns. Other cells of
 * their rows and columns are as if the experiment left them out.
 * @throws nothing-tested where none is left
 */
export function narrowed(
  sources: MatrixSources,
  { cells, experiment, theory }: Matrix,
  asked: TheoryFilter,
): MatrixSources {
  const wanted: readonly Agreement[] = theoryFilters[asked];
  const left = cells.filter(({ summary }) => summary !== null && wanted.includes(summary.theory));
  if (left.length === 0) throw zooError('nothing-tested', { experiment, asked, hasTheory: theory !== null });
  const [rows, columns] = [new Set(left.map(({ row }) => row.id)), new Set(left.map(({ column }) => column.id))];
  const pairs = new Set(left.map(({ row, column }) => `${row.id}\n${column.id}`));
  const { manifest } = sources;
  const isLeft = (row: string, column: string) => pairs.has(`${printable(row)}\n${printable(column)}`);
  return {
    ...sources,
    manifest: {
      ...manifest,
      architectures: manifest.architectures.filter(({ id, kind }) => kind === 'baseline' || rows.has(printable(id))),
      tasks: manifest.tasks.filter(({ id }) => columns.has(printable(id))),
      cells: manifest.cells.filter((cell) =>
        cell.specification.mode === 'baseline'
          ? columns.has(printable(columnOf(cell)))
          : isLeft(rowOf(cell), columnOf(cell)),
      ),
      inapplicable: [],
    },
  };
}
