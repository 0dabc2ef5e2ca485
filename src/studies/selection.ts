/** Whether a cell of this row and column is meant. */
export type Selection = (row: string, column: string) => boolean;

/**
 * Reads "row x column": either side alone (`lstm`, `x parity`), `*` within a name for anything, commas between
 * several. An empty text selects everything.
 */
export function parseSelection(text: string): Selection {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(parsePart);
  return (row, column) => parts.length === 0 || parts.some(([rows, columns]) => rows.test(row) && columns.test(column));
}

function parsePart(part: string): [RegExp, RegExp] {
  const [row = '', column = ''] = ` ${part} `.split(/\s[x×]\s/);
  return [glob(row.trim()), glob(column.trim())];
}

/** The names that a pattern means: `*` stands for anything, and so does nothing at all. */
export const glob = (pattern: string): RegExp =>
  new RegExp(`^${(pattern || '*').replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
