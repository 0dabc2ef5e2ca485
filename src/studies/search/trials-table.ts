import type { SearchBody, SearchedTrial } from '../../core/contracts/search';
import { printable } from '../../report/printable';
import { tableOf, type ColumnOf, type Table } from '../../report/table';
import { percent, thousands } from '../capability/drawing/wording';
import { settingsText } from './words';

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
