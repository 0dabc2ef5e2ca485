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

/**
 * Statements, tables and notes as text. Where a table is wider than the terminal, the columns it can spare are left out.
 * `drawn` are pictures that are lines of text already, and stand before the notes.
 */
export function textOf(
  sheet: Sheet,
  { palette, width = Infinity }: TextOptions,
  drawn: readonly (readonly string[])[] = [],
): string {
  const { title, statements = [], tables, notes } = narrowed(sheet, width);
  const blocks = [
    [bold(palette, fit(title, width))],
    statements.flatMap((statement) => listed(statement, width)),
    ...tables.map((table) => tableLines(table, palette).map((line) => fit(line, width))),
    ...drawn,
    notes.flatMap((note) => flow(note.split(' '), width, ' ')).map((line) => dim(palette, line)),
  ];
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
  return `${palette === 'none' ? toAscii(text) : text}\n`;
}

function tableLines({ heading, columns, rows, strong }: Table, palette: Palette): string[] {
  const widths = widthsOf({ columns, rows });
  const line = (texts: readonly string[], isStrong: readonly boolean[] = []) =>
    texts
      .map((text, at) => pad(isStrong[at] ? bold(palette, text) : text, widths[at]!, columns[at]!.align))
      .join(gap)
      .trimEnd();
  return [
    bold(palette, heading),
    dim(palette, line(columns.map(({ title }) => title))),
    ...rows.map((row, at) => line(row, strong?.[at])),
  ];
}

/** An item of a list; its further lines stand under its first. */
const listed = (sentence: string, width: number): string[] =>
  flow(sentence.split(' '), width - 2, ' ').map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
