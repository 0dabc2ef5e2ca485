import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { unitFolders } from '../../../registry/discover';
import type { Registry } from '../../../registry/registry';
import { cellLabel, jobOf } from '../../core/cell';
import { automatic } from '../../core/contracts/engine';
import type { SerialisedError } from '../../core/contracts/execution';
import type { Job, RecordOf } from '../../core/contracts/record';
import type { RecordWords } from '../../core/contracts/study';
import { ZooError, zooError } from '../../core/errors';
import { createRng } from '../../core/random';
import { enginesOf } from '../../engine/select';
import { identified } from '../../run/code/identity';
import { executorFor } from '../../run/executor-choice';
import { ofThisCode } from '../../run/code/this-code';
import { firstLine } from '../../run/progress/run-wording';
import { RunLogs } from '../../run/run-logs';
import { FileStore } from '../../run/store/file-store';
import { recordShapesOf } from '../../run/store/record-shapes';
import { compared, isSound, sampled } from '../../run/verification';
import type { CommandDefinition } from '../command';
import { exitCodes } from '../errors';
import { distinctJobs, select } from '../experiment';
import type { Context } from '../io';
import { executeJobs, stoppedBy } from '../jobs';
import { reporterFor } from './run';
import { addExecutorOptions, jsonOption, pluginOption, wholeNumber } from '../options';
import { openResults, pluginsOf } from '../results';
import { noteOutcome, openSubmission, type OpenedSubmission } from '../submission-to-verify';
import { addPlugins, openRegistry } from '../units';
import { verificationJson, verificationText, type Repeated } from '../verification';

interface VerifyOptions {
  readonly sample: number;
  readonly all?: boolean;
  readonly seed: number;
  readonly only: string;
  readonly workers: number;
  readonly executor?: string;
  readonly setExecutor: readonly string[];
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export const verify: CommandDefinition = {
  examples: [
    'zoo verify results/quick',
    'zoo verify results/claims --sample 30 --seed 7',
    'zoo verify results/quick --only "lstm x parity" --all --json',
    'zoo verify gru.zoo --plugin ./plugin-gru/gru.ts',
  ],
  define: (command, context) =>
    addExecutorOptions(command)
      .argument(
        '<results...>',
        'a folder of results, or the name of an experiment that was run; several are read as if merged; or a submission',
      )
      .option('--sample <count>', 'so many finished cells, drawn at random', wholeNumber(1), 5)
      .option('--all', 'every finished cell')
      .option('--seed <number>', 'of the draw: another number draws others', wholeNumber(0), 1)
      .option('--only <cells>', 'only among these: "lstm x parity", "lstm", "x parity"', '')
      .option('--workers <processes>', 'cells at a time', wholeNumber(0, 1024), availableParallelism())
      .addOption(pluginOption())
      .addOption(jsonOption())
      .action((names: readonly string[], options: VerifyOptions) => verifyResults(names, options, context)),
};

async function verifyResults(names: readonly string[], options: VerifyOptions, context: Context): Promise<void> {
  const { results, registry, submission } = await openToVerify(names, options, context);
  const candidates = finishedJobs(results, registry, options.only, context);
  const chosen = options.all
    ? candidates
    : sampled(candidates, options.sample, createRng('verify').split(options.seed));
  const unit = registry.create(registry.resolve('study', results.study.id));
  const tell = (record: RecordOf) => unit.tell(record);
  const repeated = await repeat(chosen, results, { registry, tell }, options, context);
  if (!repeated) return;
  const { seed, all } = options;
  const verification = { results: names.join(', '), repeated, of: candidates.length, seed: all ? null : seed, tell };
  if (options.json) await context.printJson(verificationJson(verification));
  else await context.write(verificationText(verification, context.terminal));
  if (submission) noteOutcome(submission, repeated, context);
  if (!repeated.every(({ repetition }) => isSound(repetition))) context.exitCode = exitCodes.failure;
}

/** What is measured again. */
type VerifiedResults = OpenedSubmission['results'];

/** Folders with the plugins that they name, or a submission with those that the user names. */
async function openToVerify(
  names: readonly string[],
  { plugin }: VerifyOptions,
  context: Context,
): Promise<Pick<OpenedSubmission, 'results' | 'registry'> & Partial<OpenedSubmission>> {
  const { workingFolder } = context.io;
  const opened = await openSubmission(names, plugin, workingFolder);
  if (opened) return opened;
  const results = await openResults(names, { plugins: plugin, workingFolder, note: context.note });
  const { registry } = await openRegistry(unitFolders, plugin, workingFolder);
  await addPlugins(registry, pluginsOf(results.manifest), workingFolder);
  return { results, registry };
}

/** Trained cells with a record of the code at hand; where nothing is trained, all. @throws empty-selection, no-results */
function finishedJobs(results: VerifiedResults, registry: Registry, only: string, context: Context): Job[] {
  const jobs = distinctJobs(select(results.manifest, only).selected);
  const { stored, leftOut } = ofThisCode(registry, results.stored);
  for (const [difference, count] of leftOut) context.note(`Left out, of other code: ${count} (${difference}).`);
  const finished = jobs.filter(({ key }) => stored.get(key)?.status === 'finished');
  const trained = finished.filter(({ specification }) => specification.engine !== 'none');
  if (finished.length === 0)
    throw zooError('usage', { problem: 'There is no finished record of this code to verify.', command: 'zoo verify' });
  return trained.length > 0 ? trained : finished;
}

/** Measures jobs again in a folder that is thrown away; undefined where that was stopped. */
async function repeat(
  jobs: readonly Job[],
  results: VerifiedResults,
  { registry, tell }: { readonly registry: Registry; tell(record: RecordOf): RecordWords },
  { workers, ...choice }: VerifyOptions,
  context: Context,
): Promise<Repeated[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'zoo-verify-'));
  const stopping = new AbortController();
  const stopListening = context.io.onInterrupt((cause) => stopping.abort(stoppedBy[cause]));
  const store = new FileStore(folder, recordShapesOf(registry));
  const recordBefore = (job: Job): RecordOf => {
    const found = results.stored.get(job.key);
    if (found?.status !== 'finished') throw new TypeError(`${cellLabel(job)} is not finished`);
    return found.record;
  };
  try {
    await store.prepare();
    const repeated: Repeated[] = [];
    for (const [engine, own] of byEngine(jobs)) {
      const here = await engineHere(registry, engine, context);
      const again = new Map(own.map((job) => [job.key, withEngine(registry, job, here)]));
      const finished = own.map(recordBefore);
      const failures = await executeJobs(
        { jobs: [...again.values()], alreadyFinished: 0, finished },
        {
          tell,
          store,
          runnerOptions: { storeLocation: folder, engine: here, threads: 1 },
          name: results.manifest.experiment,
          workers,
          executor: executorFor(registry, { workers, ...choice }),
          reporter: reporterFor(context, { workers, finished, tell }),
          logs: RunLogs.open(registry, []),
          stopping,
        },
      );
      if (stopping.signal.aborted) {
        context.exitCode = exitCodes.interrupted;
        return undefined;
      }
      for (const job of own) {
        const found = await store.load(again.get(job.key)!.key);
        const before = recordBefore(job);
        if (found.status === 'finished')
          repeated.push({ job, before, now: found.record, repetition: compared(before, found.record, tell) });
        else
          repeated.push({ job, before, repetition: 'failed', reason: reasonOf(failures.get(again.get(job.key)!.key)) });
      }
    }
    return repeated;
  } finally {
    stopListening();
    rmSync(folder, { recursive: true, force: true });
  }
}

const reasonOf = (error: SerialisedError | undefined): string => firstLine(error?.message ?? 'it left no record');

function byEngine(jobs: readonly Job[]): Map<string, Job[]> {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) {
    const { engine } = job.specification;
    groups.set(engine, [...(groups.get(engine) ?? []), job]);
  }
  return groups;
}

/** The engine of a record, or the one that is taken where that one does not work. */
async function engineHere(registry: Registry, engine: string, context: Context): Promise<string> {
  if (engine === 'none') return automatic;
  const engines = enginesOf(registry);
  try {
    await (await engines.open(engine, { threads: 1 })).dispose();
    return engine;
  } catch (error) {
    if (!(error instanceof ZooError) || error.code !== 'no-engine') throw error;
    const other = await engines.open(automatic, { threads: 1 });
    await other.dispose();
    context.note(
      `The engine ${engine} does not work here: with ${other.name}, outcomes are compared instead of bytes.`,
    );
    return other.name;
  }
}

function withEngine(registry: Registry, job: Job, engine: string): Job {
  const { specification } = job;
  if (specification.engine === 'none' || specification.engine === engine) return job;
  return identified(registry, { ...job, ...jobOf({ ...specification, engine }, job.plugins, job) });
}
