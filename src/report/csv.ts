import { printable } from './printable';

/** A number is written with all its digits; null and undefined are empty fields. */
export type CsvField = string | number | null | undefined;

/** One rectangle, RFC 4180: lines end with CR LF; commas, quotes and line breaks are quoted. */
export const csvOf = (titles: readonly string[], rows: readonly (readonly CsvField[])[]): string =>
  [titles, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

function csvField(field: CsvField): string {
  const text = typeof field === 'string' ? withoutFormula(printable(field)) : String(field ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets compute texts that begin like this; an apostrophe makes them show the text. */
const withoutFormula = (text: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
