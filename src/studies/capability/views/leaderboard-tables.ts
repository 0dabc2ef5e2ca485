import type { Leaderboard, OverallEntry, TaskEntry } from '../summarise/leaderboard';
import { absenceWords } from './wording';

/** A table ready to be set: texts and their alignment, no markup. */
export interface Table {
  readonly title: string;
  readonly columns: readonly { readonly head: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly string[])[];
}

type Column<E> = readonly [head: string, align: 'left' | 'right', text: (entry: E) => string];

const number = (value: number | null): string => (value === null ? '' : value.toFixed(3));
const whole = (value: number | null): string => (value === null ? '' : String(value));
const share = (count: number, of: number, { low, high }: { low: number; high: number }): string =>
  of === 0 ? '' : `${count}/${of} (${low.toFixed(2)}-${high.toFixed(2)})`;
const nameOf = ({ kind, architecture }: { kind: string; architecture: string }): string =>
  kind === 'baseline' ? `(${architecture})` : architecture;

const overallColumns = (taskCount: number): readonly Column<OverallEntry>[] => [
  ['#', 'right', (entry) => whole(entry.rank)],
  ['architecture', 'left', nameOf],
  ['tasks', 'right', (entry) => `${entry.tasks}/${taskCount}`],
  ['seeds', 'right', (entry) => whole(entry.seeds)],
  ['capability', 'right', (entry) => number(entry.capability)],
  ['solves', 'right', (entry) => whole(entry.verdicts.solves)],
  ['extends', 'right', (entry) => whole(entry.verdicts.extends)],
  ['learnt in range', 'right', (entry) => whole(entry.verdicts['learnt in range'])],
  ['runs that solve', 'right', ({ solvedRuns: { runs, of, interval } }) => share(runs, of, interval)],
];

const taskColumns: readonly Column<TaskEntry>[] = [
  ['#', 'right', (entry) => whole(entry.rank)],
  ['architecture', 'left', nameOf],
  ['seeds', 'right', (entry) => whole(entry.seeds)],
  ['in range', 'right', (entry) => number(entry.exact.inRange)],
  ['near', 'right', (entry) => number(entry.exact.near)],
  ['far', 'right', (entry) => number(entry.exact.far)],
  ['span', 'right', ({ spread, seeds }) => (spread && seeds > 1 ? spread.map(number).join('-') : '')],
  ['baseline', 'right', (entry) => number(entry.baseline)],
  ['capability', 'right', (entry) => number(entry.capability)],
  ['seeds that solve', 'right', ({ solved, seeds }) => (solved ? share(solved.seeds, seeds, solved.interval) : '')],
  ['verdict', 'left', ({ verdict, absence }) => verdict ?? absenceWords[absence!]],
];

/** Columns that would be empty throughout are left out. */
function table<E>(title: string, columns: readonly Column<E>[], entries: readonly E[]): Table {
  const used = columns.filter(([, , text]) => entries.some((entry) => text(entry) !== ''));
  return {
    title,
    columns: used.map(([head, align]) => ({ head, align })),
    rows: entries.map((entry) => used.map(([, , text]) => text(entry))),
  };
}

/** The overall table, then one for each task. */
export function leaderboardTables({ overall, tasks, taskCount }: Leaderboard): Table[] {
  return [
    table('overall', overallColumns(taskCount), overall),
    ...tasks.map(({ column, entries }) => table(`${column.id} (${column.level})`, taskColumns, entries)),
  ];
}

/** What every reader of the tables has to know. */
export const leaderboardNotes: readonly string[] = [
  'Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.',
  'Baseline: the best guess without knowledge over that range. Rows in brackets are baselines and take no rank.',
  'Capability: mean over the three ranges of (accuracy - baseline) / (1 - baseline), below 0 counted as 0; overall, mean over tasks.',
  'Overall, only rows measured on every task are ranked. Seeds and runs that solve: with the 95 % Wilson interval of their share.',
];
