import type { Sheet, Table } from '../report/table';
import { h } from './dom';

/** The tables of a sheet, each sorted by whichever column its reader asks for, and its notes. */
export const sheetOf = ({ tables, notes }: Pick<Sheet, 'tables' | 'notes'>, linkOf?: LinkOf): Node[] => [
  ...tables.map((table) => h('section', { class: 'sheet' }, h('h2', {}, table.heading), sortableTable(table, linkOf))),
  ...(notes.length > 0
    ? [
        h(
          'section',
          { class: 'notes' },
          h('h2', {}, 'Notes'),
          h(
            'ul',
            {},
            notes.map((note) => h('li', {}, note)),
          ),
        ),
      ]
    : []),
];

/** Where the text of a cell leads to; undefined for plain texts. */
type LinkOf = (table: Table, text: string, column: number, row: readonly string[]) => string | undefined;

export function sortableTable(table: Table, linkOf?: LinkOf): HTMLElement {
  let order: { readonly column: number; readonly isRising: boolean } | null = null;
  const body = h('tbody');
  const heads = table.columns.map(({ title, align }, column) =>
    h(
      'th',
      { scope: 'col', class: align },
      title === ''
        ? ''
        : h('button', { type: 'button', title: `Order by ${title}`, onclick: () => orderBy(column) }, title),
    ),
  );
  const draw = () => {
    heads.forEach((head, at) => {
      if (order?.column === at) head.setAttribute('aria-sort', order.isRising ? 'ascending' : 'descending');
      else head.removeAttribute('aria-sort');
    });
    body.replaceChildren(
      ...sorted(table.rows, order).map((row) =>
        h(
          'tr',
          {},
          row.map((text, at) => {
            const link = linkOf?.(table, text, at, row);
            return h('td', { class: table.columns[at]?.align }, link ? h('a', { href: link }, text) : text);
          }),
        ),
      ),
    );
  };
  /** Numbers begin with the greatest, texts with the first; once more turns round, and again brings back what was given. */
  const orderBy = (column: number) => {
    const isFirst = table.columns[column]!.align === 'left';
    if (order?.column !== column) order = { column, isRising: isFirst };
    else order = order.isRising === isFirst ? { column, isRising: !isFirst } : null;
    draw();
  };
  draw();
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': table.heading },
    h('table', { class: 'sheet-table' }, h('caption', {}, table.heading), h('thead', {}, h('tr', {}, heads)), body),
  );
}

/** Rows by the texts of a column: as numbers where they are such, those without a text last. */
export function sorted(
  rows: readonly (readonly string[])[],
  order: { readonly column: number; readonly isRising: boolean } | null,
): readonly (readonly string[])[] {
  if (!order) return rows;
  const { column, isRising } = order;
  const sign = isRising ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a[column] ?? '', b[column] ?? ''];
    const isEmpty = [x, y].map((text) => text === '' || text === '–');
    if (isEmpty[0] || isEmpty[1]) return Number(isEmpty[0]) - Number(isEmpty[1]);
    const [m, n] = [numberIn(x), numberIn(y)];
    if (m !== null && n !== null && m !== n) return sign * (m - n);
    return sign * x.localeCompare(y, 'en', { numeric: true });
  });
}

/** "1,200" is 1200, "3/8" is 0.375, "0.52–0.61" is 0.52; null for what begins with no number. */
function numberIn(text: string): number | null {
  const [, whole, , parts] = /^\(?(-?[\d,]*\.?\d+)(\/(\d+))?/.exec(text) ?? [];
  if (whole === undefined) return null;
  const value = Number(whole.replaceAll(',', ''));
  return parts === undefined ? value : value / Math.max(1, Number(parts));
}
