import { view } from '../../../../registry/units';
import { lengthRanges } from '../../../core/contracts/reference';
import type { View, ViewOptions } from '../../../core/contracts/view';
import { csvOf, type CsvField } from '../../../report/csv';
import { rangeNames } from '../drawing/wording';
import { familyOf } from '../summarise/arranged';
import { costFields, costTitles } from '../drawing/cost-fields';
import { buildLeaderboard, type Leaderboard } from '../summarise/leaderboard';
import type { OverallEntry } from '../summarise/overall-entry';
import type { TaskEntry } from '../summarise/task-entry';
import type { ManifestColumn } from '../../../core/contracts/manifest';
import type { Matrix } from '../summarise/matrix';

const titles = [
  'task',
  'level',
  'family',
  'rank',
  'rank_shared',
  'architecture',
  'kind',
  'seeds',
  'in_range',
  'near',
  'far',
  'lowest_seed',
  'highest_seed',
  'baseline',
  'capability',
  'capability_low',
  'capability_high',
  'runs',
  'runs_that_solve',
  'solve_low',
  'solve_high',
  'verdict',
  'borderline',
  'below_baseline',
  'theory',
  'absence',
  'tasks_with_scores',
  'tasks_compared',
  ...costTitles,
  'protocol_differs',
];

const taskLine = (leaderboard: Leaderboard, column: ManifestColumn, entry: TaskEntry): CsvField[] => [
  column.id,
  column.level,
  familyOf(column),
  entry.rank,
  entry.isShared ? 'yes' : null,
  entry.architecture,
  entry.kind,
  entry.seeds,
  ...lengthRanges.map((range) => entry.exact[range]),
  ...(entry.spread ?? [null, null]),
  entry.baseline,
  entry.capability,
  entry.capabilityInterval?.low,
  entry.capabilityInterval?.high,
  entry.seeds,
  entry.solved?.seeds,
  entry.solved?.interval.low,
  entry.solved?.interval.high,
  entry.verdict,
  entry.isBorderline ? 'yes' : null,
  entry.belowBaseline.map((range) => rangeNames[range]).join(';'),
  entry.theory,
  entry.absence,
  null,
  null,
  ...costFields(entry.cost),
  differenceOf(leaderboard, entry),
];

const differenceOf = ({ protocols }: Leaderboard, { architecture }: Pick<TaskEntry, 'architecture'>): CsvField =>
  protocols.find(({ rows }) => rows.includes(architecture))?.differs;

function overallLine(leaderboard: Leaderboard, entry: OverallEntry): CsvField[] {
  const { rank, architecture, kind, seeds, capability, capabilityInterval, solvedRuns } = entry;
  const scores = [null, null, null, null, null, null];
  const last = ['solve_low', 'tasks_with_scores'].map((title) => titles.indexOf(title)) as [number, number];
  return [
    'overall',
    null,
    null,
    rank,
    entry.isShared ? 'yes' : null,
    architecture,
    kind,
    seeds,
    ...scores,
    capability,
    capabilityInterval?.low,
    capabilityInterval?.high,
    solvedRuns.of,
    solvedRuns.runs,
    ...titles.slice(...last).map(() => null),
    entry.tasks,
    capability === null ? null : leaderboard.compared.length,
    ...costFields(entry.cost),
    differenceOf(leaderboard, entry),
  ];
}

@view({
  of: 'leaderboard',
  format: 'csv',
  title: 'Rankings for spreadsheets',
  summary: 'A line for each architecture on each task with all digits, then those of the overall ranking.',
})
export class LeaderboardCsv implements View<Matrix> {
  draw(matrix: Matrix, { ranking }: ViewOptions): string {
    const leaderboard = buildLeaderboard(matrix, ranking);
    const { tasks, overall } = leaderboard;
    return csvOf(titles, [
      ...tasks.flatMap(({ column, entries }) => entries.map((entry) => taskLine(leaderboard, column, entry))),
      ...overall.map((entry) => overallLine(leaderboard, entry)),
    ]);
  }
}
