import { view } from '../../../../registry/units';
import type { View } from '../../../core/contracts/view';
import { csvOf, type CsvField } from '../../../report/csv';
import { rangeNames } from '../drawing/wording';
import { familyOf } from '../summarise/arranged';
import type { LengthSummary, SeedAtLength } from '../summarise/length-summary';
import type { Matrix, MatrixCell } from '../summarise/matrix';

/** Titles of the fields and how a seed at a length fills them, in their order. */
const fields: readonly (readonly [
  title: string,
  field: (seed: SeedAtLength, length: LengthSummary, cell: MatrixCell) => CsvField,
])[] = [
  ['architecture', (_, __, { row }) => row.id],
  ['kind', (_, __, { row }) => row.kind],
  ['task', (_, __, { column }) => column.id],
  ['level', (_, __, { column }) => column.level],
  ['family', (_, __, { column }) => familyOf(column)],
  ['range', (_, { range }) => rangeNames[range]],
  ['length', (_, { length }) => length],
  ['seed', ({ seed }) => seed],
  ['sequences', ({ sequences }) => sequences],
  ['unmeasured', ({ unmeasured }) => unmeasured],
  ['exact', ({ score }) => score?.exact],
  ['token', ({ score }) => score?.token],
  ['unfinished', ({ faults }) => faults?.unfinished],
  ['malformed', ({ faults }) => faults?.malformed],
  ['wrong', ({ faults }) => faults?.wrong],
  ['trace_exact', ({ traceExact }) => traceExact],
  ['averaged', (_, { isAveraged }) => (isAveraged ? 'yes' : 'no')],
  ['why_not', (_, { notEvaluated, notAveraged }) => notEvaluated ?? notAveraged],
  ['exceeds_memory', (_, { exceedsMemory }) => exceedsMemory],
];

@view({
  of: 'matrix',
  format: 'csv-by-length',
  title: 'Every length for spreadsheets',
  summary: 'A line for each architecture, task, length and seed: scores, what is wrong with answers, what is averaged.',
})
export class MatrixCsvByLength implements View<Matrix> {
  draw({ cells }: Matrix): string {
    const lines = cells.flatMap((cell) =>
      (cell.summary?.lengths ?? []).flatMap((length) =>
        length.seeds.map((seed) => fields.map(([, field]) => field(seed, length, cell))),
      ),
    );
    return csvOf(
      fields.map(([title]) => title),
      lines,
    );
  }
}
