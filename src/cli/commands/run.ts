import type { Registry } from '../../../registry/registry';
import { cellLabel } from '../../core/cell';
import { zooError } from '../../core/errors';
import { systemClock } from '../../core/clock';
import { unitsOf } from '../../run/code/identity';
import { changesOf } from '../../run/code/stale';
import { versionWarnings } from '../../run/code/unit-sources';
import { keepPredictions } from '../../run/experiment/keep-predictions';
import { keepSeeds } from '../../run/experiment/keep-seeds';
import { RunLogs } from '../../run/run-logs';
import { createReporter } from '../../run/progress/reporter';
import type { FileStore } from '../../run/store/file-store';
import { lockFolder } from '../../run/store/lock';
import { exitCodes } from '../errors';
import { distinctJobs, openExperiment, type ExperimentOptions, type OpenedExperiment } from '../experiment';
import type { Context } from '../io';
import { executeJobs, stoppedBy } from '../jobs';
import { addExperimentOptions, executorOption, logOption } from '../options';
import { readResults, refuseCorrupt } from '../results';
import { formats, printSummary } from '../views';
import type { CommandDefinition } from '../command';

export interface RunOptions extends ExperimentOptions {
  readonly workers: number;
  readonly executor?: string;
  readonly log: readonly string[];
  readonly json?: boolean;
}

export const run: CommandDefinition = {
  examples: [
    'zoo run',
    'zoo run smoke',
    'zoo run in-context-concepts --quick',
    'zoo run experiments/standard.json --workers 8',
    'zoo run --only "lstm x parity" --seeds 3',
    'zoo run --rows mamba,lstm --columns "*dyck*,level:counter" --match parameters=16k',
    'zoo run --plugin ./my-model.ts --only my-model',
    'zoo run --set lstm.hiddenSize=128 --out runs/wide',
    'zoo run --match parameters=64k --out runs/64k',
    'zoo run claims --only "lstm x parity" --repeat 5',
    'zoo run --log tensorboard --log jsonl',
  ],
  define: (command, context) =>
    addExperimentOptions(command)
      .addOption(executorOption())
      .addOption(logOption())
      .action((name: string, options: RunOptions) => runNamed(name, options, context)),
};

/** What else is made of a run before it ends: it is given what the study says of the records, and the folder. */
export type Afterwards = (
  summary: unknown,
  run: { readonly folder: string; readonly registry: Registry },
) => Promise<void>;

/** Runs an experiment by its name or file. */
export async function runNamed(
  name: string,
  options: RunOptions,
  context: Context,
  afterwards?: Afterwards,
): Promise<void> {
  const opened = await openExperiment(name, options, context);
  await opened.store.prepare();
  const stopping = new AbortController();
  const stopListening = context.io.onInterrupt((cause) => stopping.abort(stoppedBy[cause]));
  const lock = lockFolder(opened.store.location);
  const stopWhenLost = () => stopping.abort(lock.lost.reason);
  lock.lost.addEventListener('abort', stopWhenLost);
  try {
    await runExperiment(opened, stopping, options, context, afterwards);
  } finally {
    lock.lost.removeEventListener('abort', stopWhenLost);
    lock.release();
    stopListening();
  }
}

async function runExperiment(
  opened: OpenedExperiment,
  stopping: AbortController,
  options: RunOptions,
  context: Context,
  afterwards?: Afterwards,
): Promise<void> {
  const { registry, study, manifest, selected, shown, store, engine, keepsEngine } = opened;
  const folder = store.location;
  if (keepsEngine)
    context.note(`Going on with the engine that ${folder} was begun with, ${engine}; --engine names another.`);
  const logs = RunLogs.open(registry, options.log);
  const before = await readResults(store, manifest);
  refuseCorrupt(before);
  const previous = await previousManifest(store, context);
  const theory = registry.create(study).predict?.(shown);
  const predicted = theory && { theory: keepPredictions(previous, manifest, theory) };
  await store.saveManifest(keepSeeds(previous, { ...manifest, ...predicted }));

  const finished = [...before.stored.values()].flatMap((stored) => (stored.status === 'finished' ? stored.record : []));
  const jobs = distinctJobs(selected);
  const toRun = jobs.filter((cell) => before.stored.get(cell.key)?.status !== 'finished');
  const used = new Map(
    toRun.flatMap((job) => unitsOf(registry, job.specification)).map((unit) => [unit.unitClass, unit]),
  );
  for (const warning of versionWarnings([...used.values()])) context.note(warning);
  for (const change of changesOf(toRun, before.scanned)) context.note(change);
  const { signal } = stopping;
  const unit = registry.create(study);
  const reporter = createReporter({
    stream: context.io.stderr,
    environment: context.io.environment,
    workers: options.workers,
    terminal: context.errorTerminal,
    finished,
    clock: systemClock,
    tell: (record) => unit.tell(record),
  });
  const failures = await executeJobs(
    { jobs: toRun, alreadyFinished: jobs.length - toRun.length, finished },
    {
      registry,
      tell: (record) => unit.tell(record),
      runnerOptions: { storeLocation: folder, engine, threads: 1, experiment: manifest.experimentFingerprint },
      name: manifest.experiment,
      workers: options.workers,
      executor: options.executor,
      reporter,
      logs,
      stopping,
    },
  );
  if (typeof signal.reason === 'object') throw signal.reason;
  if (signal.aborted) {
    context.note(`Stopped. Everything so far is in ${folder}; the same command goes on from there.`);
    context.exitCode = exitCodes.interrupted;
    return;
  }
  const results = await readResults(store, manifest);
  const format = options.json ? formats.scripts : formats.people;
  const summary = await printSummary(
    { registry, study, ...results, shown: { ...shown, ...predicted }, failures },
    { format, score: 'exact' },
    context,
  );
  await afterwards?.(summary, { folder, registry });
  if (failures.size === 0) return;
  const failed = toRun.filter((cell) => failures.has(cell.key));
  const error = zooError('failed-cells', {
    failures: failed.map((cell) => ({ cell: cellLabel(cell), ...failures.get(cell.key)! })),
  });
  const stacks = new Set([...failures.values()].map(({ message, stack }) => stack ?? message));
  throw Object.assign(error, { cause: { stack: [...stacks].join('\n') } });
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
