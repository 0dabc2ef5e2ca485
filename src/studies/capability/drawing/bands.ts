import type { ManifestColumn } from '../../../core/contracts/manifest';
import type { ColumnGroup } from '../summarise/matrix';

/** Groups that are drawn beside each other. */
export type Band = readonly ColumnGroup[];

/** Spreads the columns over as few bands of at most `most` columns as possible, evenly, in their order. */
export function bandsOf(groups: readonly ColumnGroup[], most: number): Band[] {
  const columns = groups.flatMap(({ heading, columns }) => columns.map((column) => ({ heading, column })));
  const count = Math.max(1, Math.ceil(columns.length / Math.max(1, most)));
  return Array.from({ length: count }, (_, band) => {
    const [from, to] = [band, band + 1].map((at) => Math.round((at * columns.length) / count));
    return regroup(columns.slice(from, to));
  });
}

function regroup(columns: readonly { heading: string; column: ManifestColumn }[]): ColumnGroup[] {
  const headings = [...new Set(columns.map(({ heading }) => heading))];
  return headings.map((heading) => ({
    heading,
    columns: columns.filter((each) => each.heading === heading).map((each) => each.column),
  }));
}
