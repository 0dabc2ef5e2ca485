import type { Sheet, Table } from './table';
import { widthOf } from './width';

/** Between the columns of a table. */
export const gap = '  ';

/** How wide the columns of a table are, in characters. */
export const widthsOf = ({ columns, rows }: Pick<Table, 'columns' | 'rows'>): number[] =>
  columns.map(({ title }, at) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at]!))));

/** The same without the columns that tables wider than `width` characters can spare; a note says which. */
export function narrowed(sheet: Sheet, width: number): Sheet {
  const tables = sheet.tables.map((table) => narrow(table, width));
  const spared = new Set(
    sheet.tables.flatMap(({ columns }, at) =>
      columns.map(({ title }) => title).filter((title) => tables[at]!.columns.every((kept) => kept.title !== title)),
    ),
  );
  const notes =
    spared.size === 0 ? sheet.notes : [...sheet.notes, `Left out for want of width: ${[...spared].join(', ')}.`];
  return { ...sheet, tables, notes };
}

function narrow(table: Table, width: number): Table {
  const total = widthsOf(table).reduce((sum, each) => sum + each + gap.length, -gap.length);
  const first = Math.max(-1, ...table.columns.map(({ dispensable = -1 }) => dispensable));
  if (total <= width || first < 0) return table;
  const kept = table.columns.flatMap(({ dispensable }, at) => (dispensable === first ? [] : at));
  const columns = kept.map((at) => table.columns[at]!);
  const rows = table.rows.map((row) => kept.map((at) => row[at]!));
  const strong = table.strong?.map((row) => kept.map((at) => row[at]!));
  return narrow({ ...table, columns, rows, strong }, width);
}
