import type { RankingOptions, ViewOptions } from '../../../core/contracts/view';
import { zooError } from '../../../core/errors';
import { nearestNames } from '../../../core/nearest';
import { tableOf, type Sheet, type Table } from '../../../report/table';
import type { Leaderboard } from '../summarise/leaderboard';
import { levelColumns, overallColumns, taskColumns, theoryText, type RankedColumn } from './leaderboard-columns';
import { submissionNotes } from './notes';
import { plural } from './wording';

/**
 * The overall table, the same by level where there are several, then one for each task.
 * @throws usage for a title of no column
 */
export function leaderboardSheet(
  leaderboard: Leaderboard,
  { title, ranking = {} }: Pick<ViewOptions, 'title' | 'ranking'> = {},
): Sheet {
  const { experiment, overall, tasks } = leaderboard;
  const ofAll = overallColumns(leaderboard);
  const byLevel = levelColumns(leaderboard);
  requireKnown(ranking, [...ofAll, ...byLevel, ...taskColumns]);
  const table = <E>(heading: string, columns: readonly RankedColumn<E>[], entries: readonly E[]): Table =>
    tableOf(heading, shown(columns, ranking), sorted(columns, entries, ranking.sort));
  return {
    title: title ?? `Leaderboard: ${experiment}`,
    tables: [
      table('overall', ofAll, overall),
      ...(byLevel.length > 3 ? [table('capability by level', byLevel, overall)] : []),
      ...tasks.map(({ column, entries }) => table(`${column.id} (${column.level})`, taskColumns, entries)),
    ],
    notes: notesOf(leaderboard),
  };
}

function requireKnown({ sort, show = [] }: RankingOptions, columns: readonly RankedColumn<never>[]): void {
  const titles = [...new Set(columns.map((column) => column.title))];
  const refuse = (option: string, name: string, known: readonly string[]) => {
    const problem = `${option}: there is no column "${name}"; there are ${known.join(', ')}.`;
    throw zooError('usage', { problem, nearest: nearestNames(name, known), command: 'zoo leaderboard' });
  };
  const unknown = show.find((name) => !titles.includes(name));
  if (unknown !== undefined) refuse('--show', unknown, titles);
  const sortable = [...new Set(columns.flatMap((column) => (column.sortedBy ? column.title : [])))];
  if (sort !== undefined && !sortable.includes(sort)) refuse('--sort', sort, sortable);
}

/** Columns that are asked for, in that order, behind the name of the row; a table without any of them keeps its own. */
function shown<E>(columns: readonly RankedColumn<E>[], { show = [] }: RankingOptions): readonly RankedColumn<E>[] {
  const asked = show.flatMap((title) => columns.filter((column) => column.title === title));
  if (asked.length === 0) return columns;
  const named = asked.some(({ title }) => title === 'architecture')
    ? asked
    : [...columns.filter(({ title }) => title === 'architecture'), ...asked];
  return named.map(({ dispensable: _, ...column }) => column);
}

/** By the column of this title, best first, what has no value last; as ranked where a table has none of this title. */
function sorted<E>(columns: readonly RankedColumn<E>[], entries: readonly E[], title?: string): readonly E[] {
  const column = columns.find((each) => each.title === title);
  if (!column?.sortedBy) return entries;
  const { isLowFirst } = column;
  return [...entries].sort((a, b) => {
    const [one, other] = [column.sortedBy!(a), column.sortedBy!(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return (one < other ? -1 : one > other ? 1 : 0) * (isLowFirst ? 1 : -1);
  });
}

const oneOf = { family: 'a family of tasks', level: 'a level of the hierarchy', task: 'each task' } as const;

/** What every reader of the tables has to know. */
function notesOf(leaderboard: Leaderboard): string[] {
  const { compared, taskCount, by, coverage, protocols, submissions = [], tasks } = leaderboard;
  const percent = `${Math.round(100 * coverage)} %`;
  return [
    ...protocols.map(({ mark, rows, differs }) => `${mark} ${rows.join(', ')}: ${differs}.`),
    ...submissionNotes(submissions).map((note) => `${note[0]!.toUpperCase()}${note.slice(1)}.`),
    'Scores are exact-match accuracies, medians over seeds. Span: lowest and highest seed over the furthest range evaluated.',
    'Baseline: the best guess without knowledge over that range. Names in brackets are baselines and take no rank.',
    'Capability: mean of (accuracy - baseline) / (1 - baseline) over the ranges that have such a scale, where a range that is not above its baseline by more than noise adds 0. Interval: 95 %, by a bootstrap over seeds and test sequences.',
    `Overall: mean over ${compared.length} of ${plural(taskCount, 'task')}, those that every ranked row has, where ${oneOf[by]} counts as one; a row with less than ${percent} of the tasks is not ranked.`,
    'Rows that cannot be told apart share a rank (2=): the 95 % interval of the difference from the first of them holds 0. Rows at chance, which is capability 0, take no rank.',
    'Seeds that solve: with the 95 % Wilson interval of their share. Behind a verdict, 2/3 says how many seeds solve, ? that noise leaves another verdict open, and < that a range is below its baseline by more than noise.',
    ...(leaderboard.overall.some(({ cost }) => cost) ? [costNote] : []),
    ...(tasks.some(({ entries }) => entries.some(({ theory }) => theoryText(theory))) ? [theoryNote] : []),
  ];
}

const costNote =
  'Parameters are those trained, state the numbers a sequence keeps, FLOPs of one token forward, sequences those that training saw, seconds of training on one core of the machine that ran it; medians over seeds, and overall over tasks.';
const theoryNote = 'Theory: what became of its prediction, which zoo theory explains.';
