import { verdictsInOrder, type GridData } from '../../studies/capability/report/grid-data';
import { plural } from '../../studies/capability/drawing/wording';
import { h } from '../dom';
import { theorySign, verdictSign } from '../marks';
import { arrange, initialArrangement, type Arrangement } from './arrangement';
import { scoreWords } from './cell-words';
import { matrixTable } from './matrix-table';
import { toolbar } from './toolbar';

/** Pixels up to which what can be chosen is folded away. */
const narrow = 700;

/** What the reader chose of each grid stays while the page is open. */
const choices = new Map<string, Arrangement>();

/** The matrix of a folder of results. */
export function matrixPage(results: string, grid: GridData): HTMLElement {
  const status = h('p', { class: 'status', role: 'status' });
  const place = h('div', { class: 'place' });
  const bar = h('div');
  const choosing = h(
    'details',
    { class: 'choosing', open: innerWidth > narrow },
    h('summary', {}, 'Choose what is shown'),
    bar,
  );
  const key = h('div', { class: 'legend', role: 'group', 'aria-label': 'What colours and signs mean' });
  const current = () => choices.get(results) ?? initialArrangement(grid);

  const drawTable = () => {
    const choice = current();
    const arranged = arrange(grid, choice);
    const table = matrixTable(grid, arranged, choice, {
      results,
      onOrder: (side, order) => {
        change({ [side]: order });
        drawBar();
      },
    });
    const isEmpty = arranged.rows.length === 0 || arranged.columns.length === 0;
    place.replaceChildren(isEmpty ? nothing(grid, reset) : table.element);
    key.replaceChildren(...legend(grid, choice));
    status.textContent = `${arranged.rows.length} of ${plural(grid.rows.length, 'row')}, ${arranged.columns.length} of ${plural(grid.columns.length, 'column')}`;
  };
  /** The table takes what the screen has below what is above it. */
  const fit = () => place.style.setProperty('--above', `${Math.round(place.getBoundingClientRect().top + scrollY)}px`);
  new ResizeObserver(fit).observe(choosing);
  const drawBar = () => bar.replaceChildren(toolbar(grid, current(), change));
  const change = (changed: Partial<Arrangement>) => {
    choices.set(results, { ...current(), ...changed });
    if ('levels' in changed) relabel(bar, current());
    drawTable();
  };
  const reset = () => {
    choices.delete(results);
    drawBar();
    drawTable();
  };
  drawBar();
  drawTable();
  return h(
    'section',
    { class: 'wide', 'aria-labelledby': 'view-title' },
    h('h1', { id: 'view-title', tabindex: -1 }, `Matrix: ${grid.experiment}`),
    choosing,
    place,
    key,
    status,
    facts(grid),
  );
}

/** The menu of levels stays open while they are chosen: only what it is called changes. */
function relabel(bar: HTMLElement, { levels }: Arrangement): void {
  const summary = bar.querySelector('.menu summary');
  if (summary) summary.textContent = levels.size === 0 ? 'All levels' : [...levels].join(', ');
}

const nothing = ({ rows, columns }: GridData, reset: () => void): HTMLElement =>
  h(
    'div',
    { class: 'nothing' },
    h(
      'p',
      {},
      rows.length === 0 || columns.length === 0 ? 'This grid has no cells.' : 'No row or no column is like that.',
    ),
    h('button', { type: 'button', onclick: reset }, 'Show all'),
  );

function legend({ legend: signs, cells }: GridData, { colour, density }: Arrangement): Node[] {
  const item = (sign: Node | string, text: string) => h('span', { class: 'item' }, sign, text);
  const verdicts = verdictsInOrder.flatMap((verdict, at) =>
    cells.verdict.includes(at) ? item(verdictSign(at), verdict) : [],
  );
  const theory = signs.theory.filter(([mark]) => density !== 'compact' || mark === '▲' || mark === '≠');
  return [
    h(
      'span',
      { class: 'item' },
      `${scoreWords[colour]} in %: 0`,
      h(
        'span',
        { class: 'scale', 'aria-hidden': 'true' },
        Array.from({ length: 11 }, (_, at) => h('i', { class: `t${2 * at}` })),
      ),
      '100',
    ),
    h(
      'span',
      { class: 'item' },
      h('span', { class: 'three', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
      'in range, near, far',
    ),
    ...(density === 'compact' ? [] : verdicts),
    ...theory.map(([mark, text]) => item(theorySign(mark), text)),
    ...(density === 'comfortable' ? signs.flags.map(([mark, text]) => item(h('b', {}, mark), text)) : []),
  ];
}

function facts({ facts: lines, notes }: GridData): HTMLElement {
  return h(
    'div',
    { class: 'facts' },
    details('How it was measured', lines, true),
    details(`Remarks (${notes.length})`, notes, false),
  );
}

const details = (title: string, lines: readonly string[], isOpen: boolean) =>
  lines.length > 0 &&
  h(
    'details',
    { open: isOpen },
    h('summary', {}, title),
    h(
      'ul',
      {},
      lines.map((line) => h('li', {}, line)),
    ),
  );
