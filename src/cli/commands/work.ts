import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { automatic } from '../../core/contracts/engine';
import type { Reporter } from '../../core/contracts/execution';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job, RecordOf } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { defaultStudy } from '../../core/experiment';
import { readJsonFile } from '../../core/json-file';
import { serialiseError } from '../../core/serialise-error';
import { systemReason } from '../../core/system-reason';
import { enginesOf } from '../../engine/select';
import { requireLike } from '../../run/code/worker-like';
import { executorFor } from '../../run/executor-choice';
import { requireThisCodeOfAll } from '../../run/code/identity';
import { RunLogs } from '../../run/run-logs';
import { FileStore } from '../../run/store/file-store';
import { requireMachineKind } from '../../run/store/machine-kind';
import { recordShapesOf } from '../../run/store/record-shapes';
import { finishedRecord } from '../../run/store/weights';
import { machineKind } from '../../train/provenance';
import { exitCodes } from '../errors';
import { distinctJobs, select } from '../experiment';
import type { Context } from '../io';
import { executeJobs, stoppedBy } from '../jobs';
import { failedCells } from '../measuring';
import { jsonOption, logOption, onlyOption, pluginOption, wholeNumber } from '../options';
import { findResults, pluginsOf } from '../results';
import { addPlugins } from '../units';
import type { CommandDefinition } from '../command';
import { reporterFor } from './run';

interface WorkOptions {
  readonly cells?: string;
  readonly like?: string;
  readonly only: string;
  readonly workers: number;
  readonly untilIdle?: boolean;
  readonly stay?: boolean;
  readonly plugin: readonly string[];
  readonly log: readonly string[];
  readonly json?: boolean;
}

/** Milliseconds between looks for a folder with other cells. */
const lookEvery = 5_000;

export const work: CommandDefinition = {
  examples: [
    'zoo run quick --executor shared-folder --detach',
    'zoo work runs/quick',
    'zoo work runs/quick --workers 8 --until-idle',
    'zoo work runs/quick --cells mine.txt',
    'ssh node2 zoo work /shared/runs/quick',
  ],
  define: (command, context) =>
    command
      .argument('<folder>', 'folder of results that zoo run has begun; any number of processes may work on it')
      .option('--cells <file>', 'only the jobs with these keys, one to a line; - is standard input')
      .addOption(onlyOption())
      .option(
        '--like <file>',
        'only with the versions that an executor wrote there: otherwise the cells count as failed',
      )
      .option('--workers <processes>', 'cells at a time, one thread each; 0: in this process', wholeNumber(0, 1024), 1)
      .option('--until-idle', 'end when nothing is left to begin, also while others are still measuring')
      .option('--stay', 'do not end: wait for other cells to be asked of the folder')
      .addOption(logOption())
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action((folder: string, options: WorkOptions) => workOn(folder, options, context)),
};

async function workOn(name: string, options: WorkOptions, context: Context): Promise<void> {
  const folder = findResults(name, context.io.workingFolder);
  const registry = discover(new Registry(), ...unitFolders);
  await addPlugins(registry, options.plugin, context.io.workingFolder);
  const store = new FileStore(folder, recordShapesOf(registry));
  const keys = options.cells === undefined ? undefined : keysIn(options.cells, context);
  await store.prepare();
  const stopping = new AbortController();
  const stopListening = context.io.onInterrupt((cause) => stopping.abort(stoppedBy[cause]));
  const { signal } = stopping;
  try {
    do {
      const manifest = (await store.loadManifest())!;
      const done = await workOnAll(manifest, { registry, store, keys, options, stopping }, context);
      if (typeof signal.reason === 'object') throw signal.reason;
      if (options.json) await context.printJson({ folder, ...done.counts });
      if (options.stay) await untilAskedElse(store, manifest, signal);
      else if (done.error) throw done.error;
    } while (options.stay && !signal.aborted);
  } finally {
    stopListening();
  }
  if (!signal.aborted) return;
  context.note(`Stopped. Everything so far is in ${folder}; others may go on, and so does the same command.`);
  context.exitCode = exitCodes.interrupted;
}

interface Place {
  readonly registry: Registry;
  readonly store: FileStore;
  /** Only these jobs. */
  readonly keys: readonly string[] | undefined;
  readonly options: WorkOptions;
  readonly stopping: AbortController;
}

/** Measures what is asked and not there yet, until each is finished or has failed here or elsewhere. */
async function workOnAll(
  manifest: Manifest<Job>,
  { registry, store, keys, options, stopping }: Place,
  context: Context,
): Promise<{ readonly counts: object; readonly error?: Error }> {
  const { only, workers, untilIdle, log } = options;
  const asked = askedOf(manifest, only, keys, store.location);
  const jobs = await unfinishedOf(asked, manifest, store);
  await requireSameCode(manifest, { asked, jobs }, { registry, store, options });
  const engine = await engineHere(registry, asked, manifest.sameMachine ? store.location : undefined);
  const unit = registry.create(registry.resolve('study', manifest.study ?? defaultStudy));
  const tell = (record: RecordOf) => unit.tell(record);
  const counts = { cells: asked.length, finished: asked.length - jobs.length };
  const reporter = reporterFor(context, { workers, finished: [], tell });
  const counting: Reporter = {
    begin: (...given) => reporter.begin(...given),
    note: (text) => reporter.note(text),
    end: () => reporter.end(),
    event: (event) => {
      if (event.type === 'cell-finished') counts.finished++;
      reporter.event(event);
    },
  };
  const failures = await executeJobs(
    { jobs, alreadyFinished: asked.length - jobs.length, finished: [] },
    {
      tell,
      store,
      executor: executorFor(registry, { workers }),
      runnerOptions: {
        storeLocation: store.location,
        engine,
        threads: 1,
        experiment: manifest.experimentFingerprint,
        ...(manifest.keep && { keep: manifest.keep }),
        ...(manifest.sameMachine && { sameMachine: true }),
      },
      name: manifest.experiment,
      workers,
      untilIdle,
      reporter: counting,
      logs: RunLogs.open(registry, log),
      stopping,
    },
  );
  return { counts: { ...counts, failed: failures.size }, error: failedCells({ manifest, failures }) };
}

/**
 * Loads what the jobs are measured with, before any of them is claimed. What is missing or differs here is noted as the
 * failure of the jobs that an executor handed to this process: whoever waits for them learns it.
 * @throws other-worker, other-code, and what is said of plugins
 */
async function requireSameCode(
  manifest: Manifest<Job>,
  { asked, jobs }: { readonly asked: readonly Job[]; readonly jobs: readonly Job[] },
  { registry, store, options: { like } }: Pick<Place, 'registry' | 'store' | 'options'>,
): Promise<void> {
  try {
    if (like !== undefined) requireLike((readJsonFile(like, 'what executors write') as { like?: unknown }).like);
    await addPlugins(registry, pluginsOf({ ...manifest, cells: [...asked] }), store.location);
    for (const job of asked) registry.data.addAll(job.data);
    requireThisCodeOfAll(registry, asked);
  } catch (error) {
    if (like !== undefined) for (const job of jobs) store.noteFailure(job, serialiseError(error));
    throw error;
  }
}

/** By their names alone where nothing is kept with records: a thousand workers would read ten thousand records each. */
async function unfinishedOf(asked: readonly Job[], { keep = [] }: Manifest<Job>, store: FileStore): Promise<Job[]> {
  const there = new Set(store.recordKeys());
  const unfinished = await Promise.all(
    asked.map(async (job) => {
      if (!there.has(job.key)) return job;
      return keep.length === 0 || (await finishedRecord(store, job, keep)) ? [] : job;
    }),
  );
  return unfinished.flat();
}

/** @throws unknown-job, empty-selection */
function askedOf(manifest: Manifest<Job>, only: string, keys: readonly string[] | undefined, folder: string): Job[] {
  const selected = only.trim() ? select(manifest as Manifest, only).selected : manifest.cells;
  const jobs = distinctJobs(selected);
  if (!keys) return jobs;
  const known = new Map(distinctJobs(manifest.cells).map((job) => [job.key, job]));
  const unknown = keys.find((key) => !known.has(key));
  if (unknown !== undefined) throw zooError('unknown-job', { key: unknown, folder, problem: 'is the key of no job' });
  const among = new Set(keys);
  return jobs.filter(({ key }) => among.has(key));
}

function keysIn(file: string, context: Context): string[] {
  const path = file === '-' ? 0 : resolve(context.io.workingFolder, file);
  try {
    return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean);
  } catch (error) {
    throw zooError('unreadable-file', { file, reason: systemReason(error) });
  }
}

/**
 * The engine that the jobs name: jobs of another are other jobs. `folder`: one that is kept to one kind of machine.
 * @throws no-engine, other-machine
 */
async function engineHere(registry: Registry, jobs: readonly Job[], folder: string | undefined): Promise<string> {
  const name = jobs.find(({ specification }) => specification.engine !== 'none')?.specification.engine;
  if (name === undefined) return automatic;
  const engine = await enginesOf(registry).open(name, { threads: 1 });
  await engine.dispose();
  if (folder !== undefined) requireMachineKind(folder, machineKind(engine));
  return name;
}

/** Until the manifest names other jobs than before. */
async function untilAskedElse(store: FileStore, before: Manifest<Job>, signal: AbortSignal): Promise<void> {
  const known = new Set(before.cells.map(({ key }) => key));
  while (!signal.aborted) {
    await sleep(lookEvery, undefined, { signal }).catch(() => {});
    const manifest = await store.loadManifest();
    if (manifest?.cells.some(({ key }) => !known.has(key))) return;
  }
}
