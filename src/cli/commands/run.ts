import { createRequire } from 'node:module';
import type { Cell, CellRecord } from '../../core/contracts/record';
import type { Executor, RunEvent, SerialisedError } from '../../core/contracts/execution';
import { zooError } from '../../core/errors';
import { systemClock } from '../../core/clock';
import { Estimator } from '../../run/estimate';
import { InProcessExecutor } from '../../run/executors/in-process';
import { ProcessPool } from '../../run/executors/processes';
import type { RunnerModule, RunnerOptions } from '../../run/workers/runner';
import { keepSeeds } from '../../run/experiment/keep-seeds';
import { createReporter } from '../../run/progress/reporter';
import { FileStore } from '../../run/store/file-store';
import { lockFolder } from '../../run/store/lock';
import { exitCodes } from '../errors';
import { cellLabel, openExperiment, type ExperimentOptions, type OpenedExperiment } from '../experiment';
import type { Context } from '../io';
import { addExperimentOptions } from '../options';
import { matrixOf, readResults, refuseCorrupt } from '../results';
import { printView } from '../views';
import type { CommandDefinition } from '../command';

interface RunOptions extends ExperimentOptions {
  readonly workers: number;
  readonly json?: boolean;
}

export const run: CommandDefinition = {
  examples: [
    'zoo run',
    'zoo run smoke',
    'zoo run experiments/standard.json --workers 8',
    'zoo run --only "lstm x parity" --seeds 3',
    'zoo run --plugin ./my-model.ts --only my-model',
    'zoo run --set lstm.hiddenSize=128 --out runs/wide',
    'zoo run --match parameters=64k --out runs/64k',
  ],
  define: (command, context) =>
    addExperimentOptions(command).action(async (name: string, options: RunOptions) => {
      const opened = await openExperiment(name, options, context);
      const store = new FileStore(opened.folder);
      await store.prepare();
      const unlock = lockFolder(opened.folder);
      try {
        await runExperiment(opened, store, options, context);
      } finally {
        unlock();
      }
    }),
};

async function runExperiment(
  opened: OpenedExperiment,
  store: FileStore,
  options: RunOptions,
  context: Context,
): Promise<void> {
  const { manifest, selected, shown, folder, engine, keepsEngine } = opened;
  if (keepsEngine)
    context.note(`Going on with the engine that ${folder} was begun with, ${engine}; --engine names another.`);
  const before = await readResults(store, manifest);
  refuseCorrupt(before);
  await store.saveManifest(keepSeeds(await previousManifest(store, context), manifest));

  const finished = [...before.stored.values()].flatMap((stored) => (stored.status === 'finished' ? stored.record : []));
  const toRun = selected.filter((cell) => before.stored.get(cell.key)?.status !== 'finished');
  const { failures, interrupted } = await execute(
    toRun,
    selected.length - toRun.length,
    finished,
    folder,
    options,
    context,
  );
  if (interrupted) {
    context.note(`Stopped. Everything so far is in ${folder}; the same command goes on from there.`);
    context.exitCode = exitCodes.interrupted;
    return;
  }
  const results = await readResults(store, manifest);
  const format = options.json ? 'json' : 'text';
  await printView('matrix', matrixOf(results, shown, failures), { format }, context);
  if (failures.size === 0) return;
  const failed = toRun.filter((cell) => failures.has(cell.key));
  throw zooError('failed-cells', {
    failures: failed.map((cell) => ({ cell: cellLabel(cell), ...failures.get(cell.key)! })),
  });
}

/** A manifest says nothing that the experiment does not: a damaged one is written anew. */
async function previousManifest(store: FileStore, context: Context) {
  try {
    return await store.loadManifest();
  } catch (error) {
    context.note(`${(error as Error).message.split('\n')[0]} It is written anew.`);
    return null;
  }
}

async function execute(
  cells: readonly Cell[],
  alreadyFinished: number,
  finished: readonly CellRecord[],
  folder: string,
  options: RunOptions,
  context: Context,
): Promise<{ failures: Map<string, SerialisedError>; interrupted: boolean }> {
  const failures = new Map<string, SerialisedError>();
  const stopping = new AbortController();
  const { stderr: stream, environment } = context.io;
  const reporter = createReporter({
    stream,
    environment,
    terminal: context.errorTerminal,
    workers: options.workers,
    finished,
    clock: systemClock,
  });
  const stopListening = context.io.onInterrupt(() => {
    reporter.note('Stopping: saving what is running. Press Ctrl-C again to leave at once.');
    stopping.abort();
    stopListening();
  });
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'cell-failed') failures.set(event.cell.key, event.error);
    reporter.event(event);
  };
  reporter.begin(cells, alreadyFinished);
  try {
    await createExecutor(cells, finished, folder, options).run(cells, onEvent, stopping.signal);
  } finally {
    reporter.end();
    stopListening();
  }
  return { failures, interrupted: stopping.signal.aborted };
}

const load = createRequire(__filename);

/** One process and one engine thread for each cell at work, or this process for all of them. */
function createExecutor(
  cells: readonly Cell[],
  finished: readonly CellRecord[],
  folder: string,
  { workers, engine }: RunOptions,
): Executor {
  const runner = load.resolve('../../run/zoo-runner');
  const trained = cells.find(({ specification }) => specification.engine !== 'none');
  const family = trained?.specification.engine;
  const runnerOptions: RunnerOptions = {
    storeLocation: folder,
    engine: family && family !== 'none' ? family : engine,
    threads: 1,
  };
  const estimator = new Estimator(finished);
  if (workers > 0) {
    return new ProcessPool({
      runner,
      runnerOptions,
      workers,
      expectedSeconds: (cell) => estimator.cell(cell).seconds,
    });
  }
  const runCell = Promise.resolve((load(runner) as RunnerModule).createRunner(runnerOptions));
  return new InProcessExecutor(async (...cell) => (await runCell)(...cell));
}
