import { tableOf, type ColumnOf, type Sheet } from '../../../report/table';
import type { Interval } from '../../statistics/wilson';
import type { Leaderboard, OverallEntry, TaskEntry } from '../summarise/leaderboard';
import { absenceWords, rowName } from './wording';

const number = (value: number | null): string => (value === null ? '' : value.toFixed(3));
const whole = (value: number | null): string => (value === null ? '' : String(value));
const share = (count: number, of: number): string => (of === 0 ? '' : `${count}/${of}`);
const within = (interval: Interval | null): string =>
  interval ? `${interval.low.toFixed(2)}–${interval.high.toFixed(2)}` : '';
/** A verdict with what a reader must not overlook: "solves 2/3 ?", "not learnt <". */
const verdictText = ({ verdict, absence, solved, seeds, isBorderline, belowBaseline }: TaskEntry): string =>
  verdict === null
    ? absenceWords[absence!]
    : [
        verdict,
        seeds > 1 && solved && solved.seeds > 0 && share(solved.seeds, seeds),
        isBorderline && '?',
        belowBaseline.length > 0 && '<',
      ]
        .filter(Boolean)
        .join(' ');
/** Nothing where nothing was asked, said or measured. */
const theoryText = (theory: TaskEntry['theory']): string =>
  theory === null || theory === 'no result' || theory === 'not measured' ? '' : theory;
const nameOf = ({ kind, architecture }: Pick<TaskEntry, 'kind' | 'architecture'>) =>
  rowName({ kind, id: architecture });

const overallColumns = (taskCount: number): readonly ColumnOf<OverallEntry>[] => [
  { title: '#', align: 'right', text: ({ rank }) => whole(rank) },
  { title: 'architecture', align: 'left', text: nameOf },
  { title: 'tasks', align: 'right', text: ({ tasks }) => `${tasks}/${taskCount}`, dispensable: 1 },
  { title: 'seeds', align: 'right', text: ({ seeds }) => whole(seeds), dispensable: 2 },
  { title: 'capability', align: 'right', text: ({ capability }) => number(capability) },
  { title: 'interval', align: 'right', text: ({ capabilityInterval }) => within(capabilityInterval), dispensable: 3 },
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
    text: ({ solvedRuns: { runs, of } }) => share(runs, of),
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
  { title: 'interval', align: 'right', text: ({ capabilityInterval }) => within(capabilityInterval), dispensable: 5 },
  {
    title: 'seeds that solve',
    align: 'right',
    text: ({ solved, seeds }) => (solved ? `${share(solved.seeds, seeds)} (${within(solved.interval)})` : ''),
    dispensable: 7,
  },
  { title: 'verdict', align: 'left', text: verdictText },
  { title: 'theory', align: 'left', text: ({ theory }) => theoryText(theory), dispensable: 4 },
];

/** The overall table, then one for each task. */
export const leaderboardSheet = ({ experiment, overall, tasks, taskCount }: Leaderboard): Sheet => ({
  title: `Leaderboard: ${experiment}`,
  tables: [
    tableOf('overall', overallColumns(taskCount), overall),
    ...tasks.map(({ column, entries }) => tableOf(`${column.id} (${column.level})`, taskColumns, entries)),
  ],
  notes: [
    ...leaderboardNotes,
    ...(tasks.some(({ entries }) => entries.some(({ theory }) => theoryText(theory))) ? [theoryNote] : []),
  ],
});

const theoryNote = 'Theory: what became of its prediction, which zoo theory explains.';

/** What every reader of the tables has to know. */
export const leaderboardNotes: readonly string[] = [
  'Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.',
  'Baseline: the best guess without knowledge over that range. Names in brackets are baselines and take no rank.',
  'Capability: mean of (accuracy - baseline) / (1 - baseline) over the ranges that have such a scale, where a range that is not above its baseline by more than noise adds 0; overall, mean over tasks. Interval: if all ranges were at the lower, or the upper, ends of theirs.',
  'Overall, only architectures measured on every task are ranked. Rows at chance, which is capability 0, take no rank.',
  'Seeds that solve: with the 95 % Wilson interval of their share. Behind a verdict, 2/3 says how many seeds solve, ? that noise leaves another verdict open, and < that a range is below its baseline by more than noise.',
];
