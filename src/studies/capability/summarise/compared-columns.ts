/** What each row has, and a row is ranked with at least this share of all columns. */
export const usualCoverage = 0.5;

/** Rows that are ranked, and the columns that all of them have. */
export interface Compared {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/**
 * Rows are compared on the columns that all of them have; one that has fewer than `coverage` of the columns would cost the
 * others too many, and is left out. Where nothing is common to the rest, the row with the fewest columns is left out, the
 * last by name of several, until something is.
 */
export function comparedColumns(
  has: ReadonlyMap<string, ReadonlySet<string>>,
  columns: readonly string[],
  coverage = usualCoverage,
): Compared {
  let rows = [...has]
    .filter(([, own]) => own.size > 0 && own.size >= coverage * columns.length)
    .sort(([a, one], [b, other]) => other.size - one.size || (a < b ? -1 : 1));
  for (; rows.length > 0; rows = rows.slice(0, -1)) {
    const common = columns.filter((column) => rows.every(([, own]) => own.has(column)));
    if (common.length > 0) return { rows: rows.map(([row]) => row), columns: common };
  }
  return { rows: [], columns: [] };
}
