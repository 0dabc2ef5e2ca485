import type { Palette } from '../core/contracts/view';
import { bold, dim } from './heat';
import { gap, narrowed, widthsOf } from './narrow';
import { toAscii } from './symbols';
import type { Sheet, Table } from './table';
import { fit, flow, pad } from './width';

export interface TextOptions {
  /** `none` also means ASCII in place of our symbols. */
  readonly palette: Palette;
  /** Columns of the terminal; without it lines are as long as they need to be. */
  readonly width?: number;
}

/** Tables and notes as text. Where a table is wider than the terminal, the columns it can spare are left out. */
export function textOf(sheet: Sheet, { palette, width = Infinity }: TextOptions): string {
  const { title, tables, notes } = narrowed(sheet, width);
  const blocks = [
    [bold(palette, fit(title, width))],
    ...tables.map((table) => tableLines(table, palette).map((line) => fit(line, width))),
    notes.flatMap((note) => flow(note.split(' '), width, ' ')).map((line) => dim(palette, line)),
  ];
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
  return `${palette === 'none' ? toAscii(text) : text}\n`;
}

function tableLines({ heading, columns, rows }: Table, palette: Palette): string[] {
  const widths = widthsOf({ columns, rows });
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => pad(text, widths[at]!, columns[at]!.align))
      .join(gap)
      .trimEnd();
  return [bold(palette, heading), dim(palette, line(columns.map(({ title }) => title))), ...rows.map(line)];
}
