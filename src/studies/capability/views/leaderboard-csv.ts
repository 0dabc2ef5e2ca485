import { view } from '../../../../registry/units';
import { lengthRanges } from '../../../core/contracts/reference';
import type { View } from '../../../core/contracts/view';
import { csvOf, type CsvField } from '../../../report/csv';
import { rangeNames } from '../drawing/wording';
import { buildLeaderboard, type OverallEntry, type TaskEntry } from '../summarise/leaderboard';
import type { ManifestColumn } from '../../../core/contracts/manifest';
import type { Matrix } from '../summarise/matrix';

const titles = [
  'task',
  'level',
  'rank',
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
];

const taskLine = (column: ManifestColumn, entry: TaskEntry): CsvField[] => [
  column.id,
  column.level,
  entry.rank,
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
];

function overallLine(entry: OverallEntry): CsvField[] {
  const { rank, architecture, kind, seeds, capability, capabilityInterval, solvedRuns } = entry;
  const scores = [null, null, null, null, null, null];
  return [
    'overall',
    null,
    rank,
    architecture,
    kind,
    seeds,
    ...scores,
    capability,
    capabilityInterval?.low,
    capabilityInterval?.high,
    solvedRuns.of,
    solvedRuns.runs,
    ...titles.slice(titles.indexOf('solve_low')).map(() => null),
  ];
}

@view({
  of: 'leaderboard',
  format: 'csv',
  title: 'Rankings for spreadsheets',
  summary: 'A line for each architecture on each task with all digits, then those of the overall ranking.',
})
export class LeaderboardCsv implements View<Matrix> {
  draw(matrix: Matrix): string {
    const { tasks, overall } = buildLeaderboard(matrix);
    return csvOf(titles, [
      ...tasks.flatMap(({ column, entries }) => entries.map((entry) => taskLine(column, entry))),
      ...overall.map(overallLine),
    ]);
  }
}
