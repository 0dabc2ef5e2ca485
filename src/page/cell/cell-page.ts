import type { CellData, MeasuredData, RowDetails } from '../../studies/capability/report/grid-data';
import { absenceWords } from '../../studies/capability/drawing/wording';
import { absencesInOrder, verdictsInOrder } from '../../studies/capability/report/grid-data';
import type { GridEntry } from '../../studies/report/report-data';
import { block } from '../blocks';
import { h } from '../dom';
import { theorySign, verdictSign } from '../marks';
import { picture } from '../picture';
import { addressOf, type Route } from '../route';
import {
  commandsOf,
  costOf,
  provenanceOf,
  rangesOf,
  searchOf,
  seedsOf,
  specificationOf,
  submittedOf,
  theoryOf,
} from './sections';
import { replayPanel } from './replay-panel';
import { figuresBySeed, figuresOf, type CellWithGuesses } from './plotted';

/** Everything that is known of one row on one column; null where the grid has no such cell. */
export async function cellPage(
  entry: GridEntry,
  { row, column }: Extract<Route, { view: 'cell' }>,
): Promise<HTMLElement | null> {
  const { grid } = entry;
  const [y, x] = [grid.rows.findIndex(({ id }) => id === row), grid.columns.findIndex(({ id }) => id === column)];
  if (y < 0 || x < 0) return null;
  const details = await block<RowDetails>(entry.rows[y]!);
  const cell = details.cells[x];
  if (!cell) return null;
  const { measured } = cell;
  const shown = measured && { row, column, measured, guesses: await guessesOf(entry, x, y) };
  const replayable = entry.replays.find((each) => each.row === row && each.column === column);
  const name = `${row} × ${column}`;
  return h(
    'section',
    { class: 'cell', 'aria-labelledby': 'view-title' },
    h(
      'p',
      { class: 'back' },
      h('a', { href: addressOf({ view: 'results', results: entry.name }) }, `← matrix of ${grid.experiment}`),
      around(entry, y, x),
    ),
    h('h1', { id: 'view-title', tabindex: -1 }, name),
    h('p', { class: 'titles' }, `${grid.rows[y]!.title} on ${grid.columns[x]!.title} (${grid.columns[x]!.level})`),
    outcome(entry, y * grid.columns.length + x, cell),
    cell.notes.length > 0 &&
      h(
        'ul',
        { class: 'remarks' },
        cell.notes.map((note) => h('li', {}, note)),
      ),
    measured && rangesOf(measured),
    shown && figures(shown),
    replayable && (await replayPanel(replayable.block)),
    h(
      'div',
      { class: 'columns' },
      theoryOf(cell),
      measured && costOf(measured),
      measured && seedsOf(measured),
      measured && searchOf(measured),
      submittedOf(grid.rows[y]!) ?? commandsOf(grid, row, column, cell),
      specificationOf(grid, cell),
      measured && provenanceOf(measured, details.provenances),
    ),
  );
}

/** What guessing reaches on the column; nothing for a baseline, which is not held against itself. */
async function guessesOf({ grid, rows }: GridEntry, column: number, row: number): Promise<MeasuredData[]> {
  if (grid.rows[row]!.kind === 'baseline') return [];
  const guessing = grid.rows.flatMap(({ kind, usesSolver }, at) => (kind === 'baseline' && !usesSolver ? at : []));
  const details = await Promise.all(guessing.map((at) => block<RowDetails>(rows[at]!)));
  return details.flatMap(({ cells }) => cells[column]?.measured ?? []);
}

/** Figures over seeds, or of each where there are several. */
function figures(cell: CellWithGuesses): Node[] {
  const place = h('div', {}, figuresOf(cell).map(picture));
  if (cell.measured.seeds.length < 2) return [place];
  const show = (isEach: boolean) =>
    place.replaceChildren(...(isEach ? figuresBySeed(cell) : figuresOf(cell)).map(picture));
  const choice = (text: string, isEach: boolean) =>
    h(
      'label',
      {},
      h('input', { type: 'radio', name: 'seeds', checked: !isEach, onchange: () => show(isEach) }),
      h('span', {}, text),
    );
  const choices = h(
    'fieldset',
    { class: 'segments' },
    h('legend', {}, 'Curves'),
    choice('over seeds', false),
    choice('of each seed', true),
  );
  return [h('form', { class: 'toolbar' }, choices), place];
}

function outcome({ grid }: GridEntry, at: number, { measured, problems, prediction }: CellData): HTMLElement {
  const { cells, legend } = grid;
  const theory = cells.theory[at]!;
  const meaning = legend.theory.find(([mark]) => mark === theory)?.[1];
  return h(
    'p',
    { class: 'outcome' },
    measured
      ? h('span', { class: 'verdict' }, verdictSign(measured.verdict), verdictsInOrder[measured.verdict])
      : h('span', { class: 'verdict' }, absenceWords[absencesInOrder[cells.absence[at]!]!]),
    measured &&
      measured.seeds.length > 1 &&
      h('span', {}, `${cells.solved[at]} of ${measured.seeds.length} seeds solve`),
    meaning && h('span', { class: 'verdict' }, theorySign(theory), meaning),
    !meaning && prediction && h('span', {}, `theory: ${prediction}`),
    !measured && problems.map(({ reason }) => h('span', {}, reason)),
  );
}

/** The cells before and after in row and column. */
function around({ name, grid }: GridEntry, row: number, column: number): HTMLElement {
  const to = (text: string, y: number, x: number) => {
    const [there, beside] = [grid.rows[y], grid.columns[x]];
    if (!there || !beside || grid.cells.absence[y * grid.columns.length + x] === absencesInOrder.indexOf('left out'))
      return null;
    const label = `${there.id} × ${beside.id}`;
    return h(
      'a',
      {
        href: addressOf({ view: 'cell', results: name, row: there.id, column: beside.id }),
        title: label,
        'aria-label': label,
      },
      text,
    );
  };
  return h(
    'span',
    { class: 'around' },
    to('←', row, column - 1),
    to('→', row, column + 1),
    to('↑', row - 1, column),
    to('↓', row + 1, column),
  );
}
