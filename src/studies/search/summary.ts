import { columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { SearchedTrial } from '../../core/contracts/search';
import type { StudyResults } from '../../core/contracts/study';
import type { SearchRecord } from '../../core/search';
import { printable } from '../../report/printable';
import { tableOf, type ColumnOf } from '../../report/table';
import { percent, thousands } from '../capability/drawing/wording';
import type { Findings } from '../findings/findings';
import { trialsTable } from './trials-table';
import { settingsText } from './words';

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
