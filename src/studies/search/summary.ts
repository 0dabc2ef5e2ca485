import { columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { SearchBody, SearchedTrial, SearchSettings } from '../../core/contracts/search';
import type { StudyResults } from '../../core/contracts/study';
import type { SearchRecord } from '../../core/search';
import { printable } from '../../report/printable';
import { tableOf, type ColumnOf, type Table } from '../../report/table';
import { percent, plural, thousands } from '../capability/drawing/wording';
import type { Findings } from '../findings/findings';

/** "learningRate 0.003, layers 2": the last word of each path. */
export const settingsText = (settings: SearchSettings): string =>
  Object.entries(settings)
    .map(([path, value]) => `${path.slice(path.lastIndexOf('.') + 1)} ${printable(String(value))}`)
    .join(', ');

/** "best of 8 settings": what was tried, by its settings; where some were tried again with another seed, by its trials. */
export function searchWords({ trials }: Pick<SearchBody, 'trials'>): string {
  const settings = new Set(trials.map((trial) => JSON.stringify(trial.settings))).size;
  const best = `best of ${plural(settings, 'setting')}`;
  return settings === trials.length ? best : `${best} in ${plural(trials.length, 'trial')}`;
}

type Tried = SearchedTrial & { readonly place: number; readonly isChosen: boolean };

const trialColumns: readonly ColumnOf<Tried>[] = [
  { title: 'trial', align: 'right', text: ({ place }) => String(place + 1) },
  { title: 'settings', align: 'left', text: ({ settings }) => settingsText(settings) },
  { title: 'seed', align: 'right', text: ({ seed }) => String(seed), dispensable: 3 },
  {
    title: 'held out %',
    align: 'left',
    text: ({ reached }) => reached.map(({ exact, step }) => `${percent(exact)} at ${thousands(step)}`).join(', '),
  },
  { title: 'loss', align: 'right', text: ({ reached }) => reached.at(-1)?.loss?.toFixed(3) ?? '', dispensable: 1 },
  { title: 'steps', align: 'right', text: ({ steps }) => thousands(steps), dispensable: 2 },
  { title: 'ended', align: 'left', text: ({ ended }) => printable(ended) },
  {
    title: '',
    align: 'left',
    text: ({ isChosen }) => (isChosen ? 'chosen' : ''),
    isStrong: ({ isChosen }) => isChosen,
  },
];

/** What a search tried, and what each trial reached at the rungs. */
export const trialsTable = (heading: string, { trials, chosen }: Pick<SearchBody, 'trials' | 'chosen'>): Table =>
  tableOf(
    heading,
    trialColumns,
    trials.map((trial, place) => ({ ...trial, place, isChosen: place === chosen })),
  );

interface Found {
  readonly row: string;
  readonly column: string;
  readonly record: SearchRecord;
}

const columns: readonly ColumnOf<Found>[] = [
  { title: 'architecture', align: 'left', text: ({ row }) => row },
  { title: 'task', align: 'left', text: ({ column }) => column },
  { title: 'chosen', align: 'left', text: ({ record: { trials, chosen } }) => settingsText(trials[chosen]!.settings) },
  { title: 'held out %', align: 'right', text: ({ record: { trials, chosen } }) => percentOf(trials[chosen]!) },
  { title: 'trials', align: 'right', text: ({ record: { trials } }) => String(trials.length), dispensable: 2 },
  { title: 'steps', align: 'right', text: ({ record: { steps } }) => thousands(steps), dispensable: 1 },
];

const percentOf = ({ reached }: SearchedTrial): string => (reached.length > 0 ? percent(reached.at(-1)!.exact) : '');

/** A line for each cell, and a table of trials for each. */
export function summariseSearches({ manifest, stored }: StudyResults<Manifest, SearchRecord>): Findings {
  const found = manifest.cells.flatMap((cell): Found[] => {
    const known = stored.get(cell.key);
    if (known?.status !== 'finished') return [];
    return [{ row: printable(rowOf(cell)), column: printable(columnOf(cell)), record: known.record }];
  });
  const missing = manifest.cells.length - found.length;
  return {
    title: `Search: ${printable(manifest.experiment)}`,
    statements: [],
    figures: [],
    tables:
      found.length === 0
        ? []
        : [
            tableOf('settings that did best', columns, found),
            ...found.map(({ row, column, record }) => trialsTable(`${row} x ${column}`, record)),
          ],
    notes: [
      'Trials are compared on held-out sequences of trained lengths, never on longer ones, and draw from streams of random numbers that no report has.',
      ...(missing > 0 ? [`Not made yet: ${missing} of ${manifest.cells.length}.`] : []),
    ],
  };
}
