import type { ColumnOf } from '../../../report/table';
import type { Interval } from '../../statistics/wilson';
import type { CellCost } from '../summarise/cost';
import type { Leaderboard } from '../summarise/leaderboard';
import type { OverallEntry } from '../summarise/overall-entry';
import type { Rank } from '../summarise/ranks';
import type { TaskEntry } from '../summarise/task-entry';
import { absenceWords, rowName, thousands } from './wording';

/** A column that tables can be sorted by: by numbers best first, by names in their order. */
export interface RankedColumn<Entry> extends ColumnOf<Entry> {
  /** Absent: tables are not sorted by it. */
  sortedBy?(entry: Entry): string | number | null;
  /** Whether less is better. */
  readonly isLowFirst?: boolean;
}

const number = (value: number | null): string => (value === null ? '' : value.toFixed(3));
const whole = (value: number | null): string => (value === null ? '' : String(value));
const counted = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : thousands(value);
const share = (count: number, of: number): string => (of === 0 ? '' : `${count}/${of}`);
const within = (interval: Interval | null): string =>
  interval ? `${interval.low.toFixed(2)}–${interval.high.toFixed(2)}` : '';

/** "2=" where others share the rank. */
export const rankText = ({ rank, isShared }: Rank): string => `${whole(rank)}${isShared ? '=' : ''}`;

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
export const theoryText = (theory: TaskEntry['theory']): string =>
  theory === null || theory === 'no result' || theory === 'not measured' ? '' : theory;

type Named = Rank & Pick<TaskEntry, 'kind' | 'architecture' | 'mark'>;

const rank: RankedColumn<Named> = { title: '#', align: 'right', text: rankText };
const architecture: RankedColumn<Named> = {
  title: 'architecture',
  align: 'left',
  text: ({ kind, architecture: id, mark }) => rowName({ kind, id, mark }),
  sortedBy: ({ architecture: id }) => id,
  isLowFirst: true,
};

/** Those that share the first rank stand out. */
const isBest = ({ rank: own }: Rank): boolean => own === 1;

type Costly = { readonly cost: CellCost | null };

const costs: readonly (readonly [title: string, of: (cost: CellCost) => number | null, dispensable: number])[] = [
  ['parameters', ({ parameters }) => parameters, 8],
  ['state', ({ state }) => state, 10],
  ['FLOPs/token', ({ flops }) => flops, 11],
  ['tokens/answer', ({ tokensPerAnswer }) => tokensPerAnswer, 12],
  ['sequences', ({ sequences }) => sequences, 9],
  ['steps', ({ steps }) => steps, 14],
  ['seconds', ({ trainingSeconds }) => trainingSeconds && Math.round(trainingSeconds), 13],
];

/** What rows take, what training took; the first to go where it is narrow. */
const costColumns: readonly RankedColumn<Costly>[] = costs.map(([title, of, dispensable]) => ({
  title,
  align: 'right',
  text: ({ cost }) => counted(cost && of(cost)),
  dispensable,
  sortedBy: ({ cost }) => cost && of(cost),
  isLowFirst: true,
}));

export const overallColumns = ({ taskCount }: Leaderboard): readonly RankedColumn<OverallEntry>[] => [
  rank,
  architecture,
  {
    title: 'tasks',
    align: 'right',
    text: ({ tasks }) => `${tasks}/${taskCount}`,
    dispensable: 1,
    sortedBy: ({ tasks }) => tasks,
  },
  { title: 'seeds', align: 'right', text: ({ seeds }) => whole(seeds), dispensable: 2, sortedBy: ({ seeds }) => seeds },
  {
    title: 'capability',
    align: 'right',
    text: ({ capability }) => number(capability),
    isStrong: isBest,
    sortedBy: ({ capability }) => capability,
  },
  { title: 'interval', align: 'right', text: ({ capabilityInterval }) => within(capabilityInterval), dispensable: 1 },
  {
    title: 'solves',
    align: 'right',
    text: ({ verdicts }) => whole(verdicts.solves),
    sortedBy: ({ verdicts }) => verdicts.solves,
  },
  {
    title: 'extends',
    align: 'right',
    text: ({ verdicts }) => whole(verdicts.extends),
    dispensable: 4,
    sortedBy: ({ verdicts }) => verdicts.extends,
  },
  {
    title: 'learnt in range',
    align: 'right',
    text: ({ verdicts }) => whole(verdicts['learnt in range']),
    dispensable: 5,
    sortedBy: ({ verdicts }) => verdicts['learnt in range'],
  },
  {
    title: 'runs that solve',
    align: 'right',
    text: ({ solvedRuns: { runs, of } }) => share(runs, of),
    dispensable: 3,
    sortedBy: ({ solvedRuns: { runs } }) => runs,
  },
  ...costColumns,
];

/** Capability on the tasks of each level. */
export const levelColumns = ({ overall }: Leaderboard): readonly RankedColumn<OverallEntry>[] => {
  const levels = overall[0]?.levels.map(({ level }) => level) ?? [];
  return [
    rank,
    architecture,
    ...levels.map((level, at): RankedColumn<OverallEntry> => {
      const of = ({ levels: own }: OverallEntry) => own[at]!.capability;
      const best = Math.max(0, ...overall.flatMap((entry) => (entry.kind === 'architecture' ? (of(entry) ?? 0) : 0)));
      return {
        title: level,
        align: 'right',
        text: (entry) => number(of(entry)),
        isStrong: (entry) => entry.kind === 'architecture' && best > 0 && of(entry) === best,
        sortedBy: of,
        dispensable: at + 1,
      };
    }),
  ];
};

export const taskColumns: readonly RankedColumn<TaskEntry>[] = [
  rank,
  architecture,
  { title: 'seeds', align: 'right', text: ({ seeds }) => whole(seeds), dispensable: 3, sortedBy: ({ seeds }) => seeds },
  ...(['inRange', 'near', 'far'] as const).map((range): RankedColumn<TaskEntry> => ({
    title: range === 'inRange' ? 'in range' : range,
    align: 'right',
    text: ({ exact }) => number(exact[range]),
    dispensable: 1,
    sortedBy: ({ exact }) => exact[range],
  })),
  {
    title: 'span',
    align: 'right',
    text: ({ spread, seeds }) => (spread && seeds > 1 ? spread.map(number).join('–') : ''),
    dispensable: 6,
  },
  {
    title: 'baseline',
    align: 'right',
    text: ({ baseline }) => number(baseline),
    dispensable: 4,
    sortedBy: ({ baseline }) => baseline,
  },
  {
    title: 'capability',
    align: 'right',
    text: ({ capability }) => number(capability),
    isStrong: isBest,
    sortedBy: ({ capability }) => capability,
  },
  { title: 'interval', align: 'right', text: ({ capabilityInterval }) => within(capabilityInterval), dispensable: 3 },
  {
    title: 'seeds that solve',
    align: 'right',
    text: ({ solved, seeds }) => (solved ? `${share(solved.seeds, seeds)} (${within(solved.interval)})` : ''),
    dispensable: 7,
    sortedBy: ({ solved }) => solved && solved.seeds,
  },
  { title: 'verdict', align: 'left', text: verdictText },
  { title: 'theory', align: 'left', text: ({ theory }) => theoryText(theory), dispensable: 4 },
  ...costColumns,
];
