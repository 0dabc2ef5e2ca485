import { tableOf, type ColumnOf, type Sheet } from '../../../report/table';
import type { Leaderboard, OverallEntry, TaskEntry } from '../summarise/leaderboard';
import { absenceWords, rowName } from './wording';

const number = (value: number | null): string => (value === null ? '' : value.toFixed(3));
const whole = (value: number | null): string => (value === null ? '' : String(value));
const share = (count: number, of: number, { low, high }: { low: number; high: number }): string =>
  of === 0 ? '' : `${count}/${of} (${low.toFixed(2)}–${high.toFixed(2)})`;
const nameOf = ({ kind, architecture }: Pick<TaskEntry, 'kind' | 'architecture'>) =>
  rowName({ kind, id: architecture });

const overallColumns = (taskCount: number): readonly ColumnOf<OverallEntry>[] => [
  { title: '#', align: 'right', text: ({ rank }) => whole(rank) },
  { title: 'architecture', align: 'left', text: nameOf },
  { title: 'tasks', align: 'right', text: ({ tasks }) => `${tasks}/${taskCount}`, dispensable: 1 },
  { title: 'seeds', align: 'right', text: ({ seeds }) => whole(seeds), dispensable: 2 },
  { title: 'capability', align: 'right', text: ({ capability }) => number(capability) },
  { title: 'solves', align: 'right', text: ({ verdicts }) => whole(verdicts.solves) },
  { title: 'extends', align: 'right', text: ({ verdicts }) => whole(verdicts.extends), dispensable: 4 },
  {
    title: 'learnt in range',
    align: 'right',
    text: ({ verdicts }) => whole(verdicts['learnt in range']),
    dispensable: 5,
  },
  {
    title: 'runs that solve',
    align: 'right',
    text: ({ solvedRuns: { runs, of, interval } }) => share(runs, of, interval),
    dispensable: 3,
  },
];

const taskColumns: readonly ColumnOf<TaskEntry>[] = [
  { title: '#', align: 'right', text: ({ rank }) => whole(rank) },
  { title: 'architecture', align: 'left', text: nameOf },
  { title: 'seeds', align: 'right', text: ({ seeds }) => whole(seeds), dispensable: 3 },
  { title: 'in range', align: 'right', text: ({ exact }) => number(exact.inRange), dispensable: 1 },
  { title: 'near', align: 'right', text: ({ exact }) => number(exact.near), dispensable: 1 },
  { title: 'far', align: 'right', text: ({ exact }) => number(exact.far), dispensable: 1 },
  {
    title: 'span',
    align: 'right',
    text: ({ spread, seeds }) => (spread && seeds > 1 ? spread.map(number).join('–') : ''),
    dispensable: 6,
  },
  { title: 'baseline', align: 'right', text: ({ baseline }) => number(baseline), dispensable: 4 },
  { title: 'capability', align: 'right', text: ({ capability }) => number(capability) },
  {
    title: 'seeds that solve',
    align: 'right',
    text: ({ solved, seeds }) => (solved ? share(solved.seeds, seeds, solved.interval) : ''),
    dispensable: 5,
  },
  { title: 'verdict', align: 'left', text: ({ verdict, absence }) => verdict ?? absenceWords[absence!] },
];

/** The overall table, then one for each task. */
export const leaderboardSheet = ({ experiment, overall, tasks, taskCount }: Leaderboard): Sheet => ({
  title: `Leaderboard: ${experiment}`,
  tables: [
    tableOf('overall', overallColumns(taskCount), overall),
    ...tasks.map(({ column, entries }) => tableOf(`${column.id} (${column.level})`, taskColumns, entries)),
  ],
  notes: leaderboardNotes,
});

/** What every reader of the tables has to know. */
export const leaderboardNotes: readonly string[] = [
  'Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.',
  'Baseline: the best guess without knowledge over that range. Names in brackets are baselines and take no rank.',
  'Capability: mean over the three ranges of (accuracy - baseline) / (1 - baseline), below 0 counted as 0; overall, mean over tasks.',
  'Overall, only architectures measured on every task are ranked. Seeds and runs that solve: with the 95 % Wilson interval of their share.',
];
