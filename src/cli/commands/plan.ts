import { Estimator } from '../../run/estimate';
import { workersFor } from '../../run/executor-choice';
import { duration } from '../../run/progress/run-wording';
import { columnOf, rowOf } from '../../core/cell';
import { distinctJobs, openExperiment, type ExperimentOptions } from '../experiment';
import type { Context } from '../io';
import { addExperimentOptions } from '../options';
import { readResults, refuseCorrupt } from '../results';
import type { CommandDefinition } from '../command';

interface PlanOptions extends ExperimentOptions {
  readonly json?: boolean;
}

export const plan: CommandDefinition = {
  examples: [
    'zoo plan',
    'zoo plan standard --workers 8',
    'zoo plan --only "x parity" --json',
    'zoo plan standard --shard 3/16',
    'zoo plan --rows family:deltanet --columns level:regular',
  ],
  define: (command, context) =>
    addExperimentOptions(command).action(async (name: string, options: PlanOptions) => {
      const opened = await openExperiment(name, options, context);
      const { manifest, selected, store, shown, engine } = opened;
      const folder = store.location;
      const results = await readResults(store, manifest);
      const records = [...results.stored.values()].flatMap((stored) =>
        stored.status === 'finished' ? stored.record : [],
      );
      const estimator = new Estimator([...records, ...results.searches]);
      const cells = await Promise.all(
        selected.map(async (cell) => {
          const found = results.stored.get(cell.key)?.status ?? 'missing';
          const status = found === 'missing' && (await store.loadCheckpoint(cell.key)) ? 'begun' : found;
          return { cell, status, seconds: status === 'finished' ? 0 : estimator.cell(cell).seconds };
        }),
      );
      const searches = new Map(
        cells.flatMap(({ cell, status }) => {
          const { key, seconds } = estimator.search(cell);
          return status === 'finished' || key === undefined ? [] : [[key, seconds] as const];
        }),
      );
      const toRun = distinctJobs(cells.filter(({ status }) => status !== 'finished').map(({ cell }) => cell));
      const workers = workersFor(toRun, options);
      const { seconds, measured } = estimator.remaining(toRun, [], Math.max(1, workers));
      const counts = {
        cells: cells.length,
        trained: cells.filter(({ cell }) => cell.specification.engine !== 'none').length,
        finished: cells.filter(({ status }) => status === 'finished').length,
        begun: cells.filter(({ status }) => status === 'begun').length,
        toRun: toRun.length,
        ...(searches.size > 0 && { searches: searches.size }),
      };
      const plan = {
        experiment: manifest.experiment,
        folder,
        engine,
        workers,
        ...(options.shard && { shard: options.shard }),
        counts,
        expectedSeconds: toRun.length ? seconds : 0,
        measured,
        ...(searches.size > 0 && {
          expectedSearchSeconds: [...searches.values()].reduce((sum, each) => sum + each, 0),
        }),
        cells: cells.map(({ cell, status, seconds }) => ({
          key: cell.key,
          architecture: rowOf(cell),
          task: columnOf(cell),
          seed: cell.specification.seed,
          engine: cell.specification.engine,
          status,
          expectedSeconds: seconds,
        })),
        inapplicable: shown.inapplicable,
      };
      if (options.json) await context.printJson(plan);
      else for (const line of asText(plan, context)) await context.print(line);
      refuseCorrupt(results);
    }),
};

interface Plan {
  readonly experiment: string;
  readonly folder: string;
  readonly engine: string;
  readonly workers: number;
  readonly counts: {
    readonly cells: number;
    readonly trained: number;
    readonly finished: number;
    readonly begun: number;
    readonly toRun: number;
    /** Before cells are measured; absent where none is to be made. */
    readonly searches?: number;
  };
  /** Of one process, for those. */
  readonly expectedSearchSeconds?: number;
  readonly expectedSeconds: number;
  readonly measured: boolean;
  readonly cells: readonly {
    readonly architecture: string;
    readonly task: string;
    readonly status: string;
    readonly expectedSeconds: number;
  }[];
  readonly inapplicable: readonly {
    readonly architecture: string;
    readonly task: string;
    readonly reason: string;
  }[];
}

function asText(
  {
    experiment,
    folder,
    engine,
    workers,
    counts,
    expectedSeconds,
    expectedSearchSeconds = 0,
    measured,
    cells,
    inapplicable,
  }: Plan,
  { colors }: Context,
): string[] {
  const rows = [...new Set(cells.map(({ architecture }) => architecture))];
  const width = Math.max(...rows.map((row) => row.length)) + 2;
  const begun = counts.begun ? `, ${counts.begun} of them begun` : '';
  return [
    colors.bold(experiment) +
      `: ${counts.cells} cells (${counts.trained} trained with ${engine}, ${counts.cells - counts.trained} baselines) in ${folder}`,
    '',
    ...rows.map((row) => {
      const own = cells.filter(({ architecture }) => architecture === row);
      const left = own.filter(({ status }) => status !== 'finished');
      const seconds = left.reduce((sum, cell) => sum + cell.expectedSeconds, 0);
      return `  ${row.padEnd(width)}${String(own.length - left.length).padStart(4)} of ${own.length} finished${left.length ? `, the rest about ${duration(seconds)}` : ''}`;
    }),
    ...inapplicable.map(({ architecture, task, reason }) =>
      colors.dim(`  ${architecture} x ${task}: not applicable, ${reason}`),
    ),
    '',
    counts.toRun === 0
      ? 'Everything is there: zoo run would only print the matrix.'
      : `${counts.finished} finished, ${counts.toRun} to run${begun}: about ${duration(expectedSeconds)} with ${Math.max(1, workers)} at a time ${measured ? '(from the cells that are finished)' : '(from typical figures; a guess until some cells are finished)'}.`,
    ...(counts.searches
      ? [`In that ${duration(expectedSearchSeconds)} of one process for ${counts.searches} searches of settings.`]
      : []),
  ];
}
