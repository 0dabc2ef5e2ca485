import type { Palette } from '../core/contracts/view';
import { bold, dim } from './heat';
import { toAscii } from './symbols';
import type { Sheet, Table } from './table';
import { fit, flow, pad, widthOf } from './width';

export interface TextOptions {
  /** `none` also means ASCII in place of our symbols. */
  readonly palette: Palette;
  /** Columns of the terminal; without it lines are as long as they need to be. */
  readonly width?: number;
}

const gap = '  ';

/** Tables and notes as text. Where a table is wider than the terminal, the columns it can spare are left out. */
export function textOf({ title, tables, notes }: Sheet, { palette, width = Infinity }: TextOptions): string {
  const narrowed = tables.map((table) => narrow(table, width));
  const spared = new Set(
    tables.flatMap((table, at) => titles(table).filter((each) => !titles(narrowed[at]!).includes(each))),
  );
  const told = spared.size > 0 ? [...notes, `Left out for want of width: ${[...spared].join(', ')}.`] : notes;
  const blocks = [
    [bold(palette, fit(title, width))],
    ...narrowed.map((table) => tableLines(table, palette).map((line) => fit(line, width))),
    told.flatMap((note) => flow(note.split(' '), width, ' ')).map((line) => dim(palette, line)),
  ];
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
  return `${palette === 'none' ? toAscii(text) : text}\n`;
}

const titles = ({ columns }: Table): string[] => columns.map(({ title }) => title);

function tableLines({ heading, columns, rows }: Table, palette: Palette): string[] {
  const widths = widthsOf({ columns, rows });
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => pad(text, widths[at]!, columns[at]!.align))
      .join(gap)
      .trimEnd();
  return [bold(palette, heading), dim(palette, line(columns.map(({ title }) => title))), ...rows.map(line)];
}

const widthsOf = ({ columns, rows }: Omit<Table, 'heading'>): number[] =>
  columns.map(({ title }, at) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at]!))));

function narrow(table: Table, width: number): Table {
  const total = widthsOf(table).reduce((sum, each) => sum + each + gap.length, -gap.length);
  const first = Math.max(-1, ...table.columns.map(({ dispensable = -1 }) => dispensable));
  if (total <= width || first < 0) return table;
  const kept = table.columns.flatMap(({ dispensable }, at) => (dispensable === first ? [] : at));
  const columns = kept.map((at) => table.columns[at]!);
  return narrow({ ...table, columns, rows: table.rows.map((row) => kept.map((at) => row[at]!)) }, width);
}
