import type { CellData, RowDetails } from '../../studies/capability/report/grid-data';
import { absenceWords } from '../../studies/capability/drawing/wording';
import { absencesInOrder, verdictsInOrder } from '../../studies/capability/report/grid-data';
import type { GridEntry } from '../../studies/report/report-data';
import { block } from '../blocks';
import { h } from '../dom';
import { theorySign, verdictSign } from '../marks';
import { picture } from '../picture';
import { addressOf, type Route } from '../route';
import { commandsOf, costOf, provenanceOf, rangesOf, seedsOf, specificationOf, theoryOf } from './sections';
import { lengthFigure, traceFigure, trainingFigure, unfinishedFigure } from './figures';

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
  const figures = measured && [
    lengthFigure(row, measured, await baselinesOf(entry, x, y)),
    trainingFigure(measured),
    traceFigure(measured),
    unfinishedFigure(measured),
  ];
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
    figures?.map((figure) => figure && picture(figure)),
    h(
      'div',
      { class: 'columns' },
      theoryOf(cell),
      measured && costOf(measured),
      measured && seedsOf(measured),
      commandsOf(grid, row, column, cell),
      specificationOf(grid, cell),
      measured && provenanceOf(measured, details.provenances),
    ),
  );
}

/** Measured baselines of the column; a baseline is shown beside none. */
async function baselinesOf({ grid, rows }: GridEntry, column: number, row: number) {
  if (grid.rows[row]!.kind === 'baseline') return [];
  const guessing = grid.rows.flatMap(({ kind, usesSolver, id }, at) =>
    kind === 'baseline' && !usesSolver ? { id, at } : [],
  );
  const found = await Promise.all(
    guessing.map(async ({ id, at }) => {
      const measured = (await block<RowDetails>(rows[at]!)).cells[column]?.measured;
      return measured ? [{ id, measured }] : [];
    }),
  );
  return found.flat();
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
