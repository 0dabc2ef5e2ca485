import { stepOf } from '../../report/svg-style';
import { absencesInOrder, type GridData } from '../../studies/capability/report/grid-data';
import { absenceWords } from '../../studies/capability/drawing/wording';
import { h } from '../dom';
import { theorySign, verdictSign } from '../marks';
import { addressOf } from '../route';
import { inPercent } from '../wording';
import type { Arranged, Arrangement, Order } from './arrangement';
import { scoreWords, spokenOf, wordsOf } from './cell-words';
import { RovingFocus } from './roving-focus';
import { Tooltip } from './tooltip';

export interface MatrixTable {
  readonly element: HTMLElement;
  focus(place: readonly [number, number]): void;
}

/** What the table asks of the page around it. */
export interface TableContext {
  readonly results: string;
  onOrder(side: 'rowOrder' | 'columnOrder', order: Order): void;
}

/** The heat map, a table for readers, whose cells are links to their pages. */
export function matrixTable(
  grid: GridData,
  { rows, columns }: Arranged,
  arrangement: Arrangement,
  context: TableContext,
): MatrixTable {
  const tooltip = new Tooltip();
  const links = rows.map((row) => columns.map((column) => linkTo(grid, row, column, arrangement, context)));
  const table = h(
    'table',
    { class: `matrix ${arrangement.density}`, role: 'grid', 'aria-label': `Capability matrix of ${grid.experiment}` },
    h('colgroup', {}, h('col', { class: 'names' })),
    h('colgroup', { span: Math.max(1, columns.length) }),
    h(
      'thead',
      {},
      levelsOf(grid, columns, arrangement),
      h(
        'tr',
        {},
        corner(),
        columns.map((column) => columnHeader(grid, column, arrangement, context)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map((row, at) => {
        const isFirstBaseline =
          grid.rows[row]!.kind === 'baseline' && grid.rows[rows[at - 1] ?? -1]?.kind === 'architecture';
        return h(
          'tr',
          { class: [grid.rows[row]!.kind, isFirstBaseline && 'first'].filter(Boolean).join(' ') },
          rowHeader(grid, row, arrangement, context),
          links[at]!.map((link) => h('td', {}, link)),
        );
      }),
    ),
  );
  table.style.setProperty('--columns', String(columns.length));
  const focus = new RovingFocus(links);
  listen(table, tooltip, (link) => {
    const [row, column] = [Number(link.dataset.row), Number(link.dataset.column)];
    return wordsOf(grid, row, column);
  });
  const element = h('div', { class: 'scroll', tabindex: -1 }, table, tooltip.element);
  element.addEventListener('scroll', tooltip.hide, { passive: true });
  return { element, focus: (place) => focus.focus(place) };
}

/** The tooltip follows pointer and focus; Escape puts it away. */
function listen(
  table: HTMLElement,
  tooltip: Tooltip,
  wordsOfLink: (link: HTMLElement) => ReturnType<typeof wordsOf>,
): void {
  const show = ({ target }: Event) => {
    const link = (target as Element).closest<HTMLElement>('a[data-row]');
    if (link) tooltip.show(link, wordsOfLink(link));
    else tooltip.hide();
  };
  table.addEventListener('pointerover', show);
  table.addEventListener('focusin', show);
  table.addEventListener('pointerleave', tooltip.hide);
  table.addEventListener('focusout', tooltip.hide);
  table.addEventListener('keydown', (event) => event.key === 'Escape' && tooltip.hide());
}

const corner = () => h('td', { class: 'corner' });

/** Levels above their columns, where columns of a level stand together. */
function levelsOf({ columns: all }: GridData, columns: readonly number[], { columnOrder }: Arrangement) {
  if (columnOrder !== 'given' || columns.length === 0) return null;
  const groups: { level: string; count: number }[] = [];
  for (const column of columns) {
    const { level } = all[column]!;
    if (groups.at(-1)?.level === level) groups.at(-1)!.count++;
    else groups.push({ level, count: 1 });
  }
  return h(
    'tr',
    { class: 'levels' },
    corner(),
    groups.map(({ level, count }) =>
      h('th', { scope: 'colgroup', colspan: count, title: level }, h('span', {}, level)),
    ),
  );
}

function columnHeader({ columns }: GridData, column: number, { rowOrder }: Arrangement, { onOrder }: TableContext) {
  const { id, title } = columns[column]!;
  const isOrder = rowOrder === `by ${id}`;
  return h(
    'th',
    { scope: 'col', 'aria-sort': isOrder ? 'descending' : null },
    h(
      'button',
      {
        type: 'button',
        title: `${title}: order rows by this column`,
        onclick: () => onOrder('rowOrder', isOrder ? 'given' : `by ${id}`),
      },
      h('span', {}, id),
    ),
  );
}

function rowHeader({ rows }: GridData, row: number, { columnOrder }: Arrangement, { onOrder }: TableContext) {
  const { id, title } = rows[row]!;
  const isOrder = columnOrder === `by ${id}`;
  return h(
    'th',
    { scope: 'row', 'aria-sort': isOrder ? 'descending' : null },
    h(
      'button',
      {
        type: 'button',
        title: `${title}: order columns by this row`,
        onclick: () => onOrder('columnOrder', isOrder ? 'given' : `by ${id}`),
      },
      h('span', {}, id),
    ),
  );
}

function linkTo(grid: GridData, row: number, column: number, arrangement: Arrangement, { results }: TableContext) {
  const { cells, rows, columns } = grid;
  const at = row * columns.length + column;
  const absence = absencesInOrder[cells.absence[at]!];
  const isPart = absence !== 'left out';
  const isWritten = arrangement.density === 'comfortable' && isPart;
  const link = h('a', {
    href: isPart ? addressOf({ view: 'cell', results, row: rows[row]!.id, column: columns[column]!.id }) : null,
    class: absence ? `absent ${absence.replaceAll(' ', '-')}` : null,
    tabindex: -1,
    role: isPart ? null : 'note',
    'aria-label': isWritten ? null : spokenOf(grid, row, column),
    'data-row': row,
    'data-column': column,
  });
  if (absence) link.append(isWritten ? absenceWords[absence] : '');
  else if (arrangement.density === 'compact') compactInto(link, grid, at, arrangement);
  else tilesInto(link, grid, at, arrangement);
  return link;
}

/** Three stripes of colour; signs only of what disagrees with theory. */
function compactInto(link: HTMLElement, { cells }: GridData, at: number, { colour }: Arrangement): void {
  const [a, b, c] = cells.scores[colour].map((scores) => colourOf(scores[at]));
  link.style.background = a === b && b === c ? a! : `linear-gradient(90deg,${a} 33.4%,${b} 33.4% 66.7%,${c} 66.7%)`;
  const theory = cells.theory[at]!;
  if (theory === '▲' || theory === '≠') link.append(theorySign(theory, 'mark over'));
}

const colourOf = (score: number | null | undefined): string =>
  score === null || score === undefined ? 'var(--nothing)' : `var(--t${stepOf(score / 1000)})`;

/** A tile for each range, with its number where there is room, beside verdict and theory. */
function tilesInto(link: HTMLElement, grid: GridData, at: number, { colour, density }: Arrangement): void {
  const { cells, rows, columns } = grid;
  const [row, column] = [Math.floor(at / columns.length), at % columns.length];
  const isWide = density === 'comfortable';
  const theory = cells.theory[at]!;
  const flag = cells.flags[at]!;
  const isTrained = rows[row]!.kind === 'architecture';
  const { outcome, remarks } = wordsOf(grid, row, column);
  if (isWide) link.append(unseen(`${outcome}, ${scoreWords[colour]} in range, near, far: `));
  link.append(
    h(
      'span',
      { class: 'signs' },
      verdictSign(cells.verdict[at]!),
      isTrained && theory !== ' ' ? theorySign(theory) : isWide && h('i', { class: 'mark' }),
    ),
  );
  cells.scores[colour].forEach((scores, place) => {
    const score = scores[at];
    const isKnown = score !== null && score !== undefined;
    const mark = cells.rangeMarks[3 * at + place]!;
    const step = isKnown ? `t${stepOf(score / 1000)}` : 'none';
    link.append(
      h(
        'i',
        { class: `tile ${step}` },
        isWide ? inPercent(isKnown ? Math.max(0, score) : score) : '',
        isWide && mark !== ' ' && h('sup', {}, mark),
      ),
      isWide ? ' ' : '',
    );
  });
  if (flag !== ' ' && isWide) link.append(h('b', { class: 'flag', 'aria-hidden': 'true' }, flag));
  if (isWide && remarks.length > 0) link.append(unseen(`; ${remarks.join('; ')}`));
}

/** For readers who hear the page. */
const unseen = (text: string): HTMLElement => h('span', { class: 'unseen' }, text);
