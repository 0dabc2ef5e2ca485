import { createRequire } from 'node:module';
import type { Registry } from '../../../registry/registry';
import { cellLabel } from '../../core/cell';
import type { Job, RecordOf } from '../../core/contracts/record';
import type { RunEvent, SerialisedError } from '../../core/contracts/execution';
import type { Work } from '../../core/contracts/executor';
import { type ErrorCode, ZooError, zooError } from '../../core/errors';
import { systemClock } from '../../core/clock';
import { unitsOf } from '../../run/code/identity';
import { changesOf } from '../../run/code/stale';
import { versionWarnings } from '../../run/code/unit-sources';
import { Estimator } from '../../run/estimate';
import { executorFor } from '../../run/executor-choice';
import { keepCosts } from '../../run/experiment/keep-costs';
import { keepPredictions } from '../../run/experiment/keep-predictions';
import { keepSeeds } from '../../run/experiment/keep-seeds';
import { createReporter } from '../../run/progress/reporter';
import type { FileStore } from '../../run/store/file-store';
import { lockFolder } from '../../run/store/lock';
import { exitCodes } from '../errors';
import { distinctJobs, openExperiment, type ExperimentOptions, type OpenedExperiment } from '../experiment';
import type { Context, Interruption } from '../io';
import { addExperimentOptions, executorOption } from '../options';
import { readResults, refuseCorrupt } from '../results';
import { formats, printSummary } from '../views';
import type { CommandDefinition } from '../command';

export interface RunOptions extends ExperimentOptions {
  readonly workers: number;
  readonly executor?: string;
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
  ],
  define: (command, context) =>
    addExperimentOptions(command)
      .addOption(executorOption())
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

/** What is said when work is to stop; an error is what it ends with. */
const stoppedBy: Readonly<Record<Interruption, string>> = {
  keyboard: 'Stopping: saving what is running. Press Ctrl-C again to leave at once.',
  signal: 'Stopping: saving what is running.',
  unread: 'Nobody reads this any longer. Stopping: saving what is running.',
};

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
  const before = await readResults(store, manifest);
  refuseCorrupt(before);
  const previous = await previousManifest(store, context);
  const theory = registry.create(study).predict?.(shown);
  const predicted = theory && { theory: keepPredictions(previous, manifest, theory) };
  const unit = registry.create(study);
  const costsOf = unit.costs?.bind(unit);
  const priced = costsOf && { costs: keepCosts(previous, { next: manifest, shown }, costsOf) };
  await store.saveManifest(keepSeeds(previous, { ...manifest, ...predicted, ...priced }));

  const finished = [...before.stored.values()].flatMap((stored) => (stored.status === 'finished' ? stored.record : []));
  const jobs = distinctJobs(selected);
  const toRun = jobs.filter((cell) => before.stored.get(cell.key)?.status !== 'finished');
  const used = new Map(
    toRun.flatMap((job) => unitsOf(registry, job.specification)).map((unit) => [unit.unitClass, unit]),
  );
  for (const warning of versionWarnings([...used.values()])) context.note(warning);
  for (const change of changesOf(toRun, before.scanned)) context.note(change);
  const { signal } = stopping;
  const failures = await execute(
    opened,
    { jobs: toRun, alreadyFinished: jobs.length - toRun.length, finished, stopping },
    options,
    context,
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
    { registry, study, ...results, shown: { ...shown, ...predicted, ...priced }, failures },
    { format, score: 'exact' },
    context,
  );
  afterwards?.(summary, { folder, registry });
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

/** What is to run, and what is known of its likes. */
interface Task {
  readonly jobs: readonly Job[];
  readonly alreadyFinished: number;
  readonly finished: readonly RecordOf[];
  /** Aborted with what is to be said, or with an error: the folder is no longer this run's, or cannot be written to. */
  readonly stopping: AbortController;
}

async function execute(
  { registry, study, manifest, store, engine }: OpenedExperiment,
  { jobs, alreadyFinished, finished, stopping }: Task,
  { workers, executor }: RunOptions,
  context: Context,
): Promise<Map<string, SerialisedError>> {
  const failures = new Map<string, SerialisedError>();
  const { signal } = stopping;
  const { stderr: stream, environment } = context.io;
  const unit = registry.create(study);
  const reporter = createReporter({
    stream,
    environment,
    workers,
    terminal: context.errorTerminal,
    finished,
    clock: systemClock,
    tell: (record) => unit.tell(record),
  });
  const sayWhy = () => {
    const why = signal.reason as string | ZooError;
    reporter.note(typeof why === 'string' ? why : `${why.what} ${stoppedBy.signal}`);
  };
  signal.addEventListener('abort', sayWhy);
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'cell-failed') failures.set(event.cell.key, event.error);
    reporter.event(event);
    // Where one record cannot be written no other can: what is trained from here on would be trained in vain.
    if (event.type === 'cell-failed' && event.error.code === ('write-failed' satisfies ErrorCode))
      stopping.abort(new ZooError('write-failed', ...wordsOf(event.error)));
  };
  const estimator = new Estimator(finished);
  const work: Work = {
    jobs,
    runner: zooRunner,
    runnerOptions: {
      storeLocation: store.location,
      engine,
      threads: 1,
      experiment: manifest.experimentFingerprint,
    },
    workers,
    expectedSeconds: (job) => estimator.cell(job).seconds,
  };
  reporter.begin(jobs, alreadyFinished);
  try {
    await executorFor(registry, executor, workers).run(work, onEvent, signal);
  } finally {
    reporter.end();
    signal.removeEventListener('abort', sayWhy);
  }
  return failures;
}

/** What happened and what to try, of an error whose text alone came from another process. */
function wordsOf({ message }: SerialisedError): [what: string, nearest: [], remedy: string] {
  const [what = '', ...remedy] = message.split('\n');
  return [what, [], remedy.join('\n')];
}

/** Loaded by whoever runs jobs, in a process of its own or here. */
const zooRunner = createRequire(__filename).resolve('../../run/zoo-runner');
