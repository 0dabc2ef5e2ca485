import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import { cellLabel } from '../core/cell';
import type { Reporter, SerialisedError } from '../core/contracts/execution';
import type { Manifest } from '../core/contracts/manifest';
import type { Job, RecordOf } from '../core/contracts/record';
import type { RecordWords } from '../core/contracts/study';
import { zooError } from '../core/errors';
import { unitsOf } from '../run/code/identity';
import { changesOf } from '../run/code/stale';
import { versionWarnings } from '../run/code/unit-sources';
import { detachable, executorFor, workersFor, type ExecutorChoice } from '../run/executor-choice';
import { keepCosts } from '../run/experiment/keep-costs';
import { keepPredictions } from '../run/experiment/keep-predictions';
import { keepSeeds } from '../run/experiment/keep-seeds';
import { RunLogs } from '../run/run-logs';
import type { FileStore } from '../run/store/file-store';
import { forgetMachineKind, requireMachineKind } from '../run/store/machine-kind';
import { withoutWeights } from '../run/store/weights';
import { distinctJobs, type OpenedExperiment } from './experiment';
import type { Surroundings } from './io';
import { executeJobs, workOf, type Jobs, type Place } from './jobs';
import { readResults, refuseCorrupt, type Results } from './results';

/** How an experiment is measured, and who watches. */
export interface Measuring extends ExecutorChoice {
  /** Ids of logs. */
  readonly log: readonly string[];
  /** Aborted with what is to be said, or with an error. */
  readonly stopping: AbortController;
  /** Shows the run. `tell`: what the study says of a record. */
  reporter(finished: readonly RecordOf[], tell: (record: RecordOf) => RecordWords): Reporter;
}

/** An experiment whose manifest is written, and what of it is to be measured. */
interface BegunExperiment extends Jobs {
  readonly place: Place;
  /** The part that was asked for, with what is predicted of it. */
  readonly shown: Manifest<Job>;
  /** What the study says of a record. */
  tell(record: RecordOf): RecordWords;
}

/** What a run left in its folder. */
export interface MeasuredExperiment extends Results {
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
  readonly folder: string;
  /** The part that was asked for. */
  readonly shown: Manifest<Job>;
  readonly failures: ReadonlyMap<string, SerialisedError>;
}

/**
 * Measures what a folder does not have yet. Others may do so at the same time: each job is measured by one of them. Undefined
 * where it was stopped; what was finished stays.
 */
export async function measureExperiment(
  opened: OpenedExperiment,
  { log, stopping, reporter, ...choice }: Measuring,
  surroundings: Surroundings,
): Promise<MeasuredExperiment | undefined> {
  const { registry, study, manifest, store } = opened;
  const logs = RunLogs.open(registry, log);
  const { place, shown, tell, ...jobs } = await beginExperiment(opened, choice, surroundings);
  const failures = await executeJobs(jobs, {
    ...place,
    tell,
    name: manifest.experiment,
    reporter: reporter(jobs.finished, tell),
    logs,
    stopping,
  });
  if (typeof stopping.signal.reason === 'object') throw stopping.signal.reason;
  if (stopping.signal.aborted) return undefined;
  const results = await readResults(store, manifest);
  return { registry, study, folder: store.location, ...results, shown, failures };
}

/**
 * Hands what a folder does not have yet to an executor that goes on by itself, and returns what it says of that.
 * @throws usage where the executor ends with its command
 */
export async function submitExperiment(
  opened: OpenedExperiment,
  choice: ExecutorChoice,
  surroundings: Surroundings,
): Promise<{ readonly said: string; readonly canBeEnded: boolean }> {
  const { executor } = executorFor(opened.registry, choice);
  if (!executor.submit) {
    const problem = `--detach is for executors that go on by themselves: ${detachable(opened.registry).join(', ')}.`;
    throw zooError('usage', { problem, command: 'zoo run' });
  }
  const { place, jobs, finished } = await beginExperiment(opened, choice, surroundings);
  const said = jobs.length === 0 ? 'Nothing to run.' : await executor.submit(workOf(jobs, finished, place));
  return { said, canBeEnded: executor.cancel !== undefined };
}

/** Writes the manifest, and says what is to be measured. */
async function beginExperiment(
  { registry, study, manifest, selected, shown, store, engine, keep, keepsEngine, ...machine }: OpenedExperiment,
  choice: ExecutorChoice,
  surroundings: Surroundings,
): Promise<BegunExperiment> {
  executorFor(registry, choice); // what is wrong with the choice is said before anything is written
  await store.prepare();
  const folder = store.location;
  if (keepsEngine)
    surroundings.note(`Going on with the engine that ${folder} was begun with, ${engine}; --engine names another.`);
  const before = await readResults(store, manifest);
  refuseCorrupt(before);
  const previous = await previousManifest(store, surroundings);
  const unit = registry.create(study);
  const sameMachine = machine.sameMachine ?? previous?.sameMachine ?? false;
  const kindKept = sameMachine && { sameMachine };
  if (!sameMachine) forgetMachineKind(folder);
  else if (runsHere(registry, choice.executor)) requireMachineKind(folder, machine.machineKind);
  const theory = unit.predict?.(shown);
  const predicted = theory && { theory: keepPredictions(previous, manifest, theory) };
  const costsOf = unit.costs?.bind(unit);
  const kept = keep.length > 0 && { keep };
  const priced = costsOf && { costs: keepCosts(previous, { next: manifest, shown }, costsOf) };
  await store.saveManifest(keepSeeds(previous, { ...manifest, ...predicted, ...priced, ...kept, ...kindKept }));

  const finished = [...before.stored.values()].flatMap((stored) => (stored.status === 'finished' ? stored.record : []));
  const asked = distinctJobs(selected);
  const again = keep.includes('weights') ? await withoutWeights(store, before.stored) : new Set<string>();
  const jobs = asked.filter(({ key }) => before.stored.get(key)?.status !== 'finished' || again.has(key));
  const repeated = jobs.filter(({ key }) => again.has(key)).length;
  if (repeated > 0)
    surroundings.note(`Finished without weights: ${repeated} of ${asked.length} cells, which are measured again.`);
  const used = new Map(
    jobs.flatMap((job) => unitsOf(registry, job.specification)).map((each) => [each.unitClass, each]),
  );
  for (const warning of versionWarnings([...used.values()])) surroundings.note(warning);
  for (const change of changesOf(jobs, before.scanned)) surroundings.note(change);
  store.forgetFailures(jobs);
  const experiment = manifest.experimentFingerprint;
  const workers = workersFor(jobs, choice);
  const runnerOptions = { storeLocation: folder, engine, threads: 1, experiment, ...kept, ...kindKept };
  return {
    jobs,
    alreadyFinished: asked.length - jobs.length,
    finished,
    place: { runnerOptions, store, workers, executor: executorFor(registry, { ...choice, workers }) },
    shown: { ...shown, ...predicted, ...priced },
    tell: (record) => unit.tell(record),
  };
}

/** Executors that may be taken unasked run jobs on this machine; of others the first machine that trains is the one. */
const runsHere = (registry: Registry, executor: string | undefined): boolean =>
  executor === undefined || registry.find('executor', executor)?.meta.automatic !== undefined;

/** The error of jobs that failed; undefined where none did. */
export function failedCells({ manifest, failures }: Pick<MeasuredExperiment, 'manifest' | 'failures'>) {
  if (failures.size === 0) return undefined;
  const failed = distinctJobs(manifest.cells).filter(({ key }) => failures.has(key));
  const error = zooError('failed-cells', {
    failures: failed.map((cell) => ({ cell: cellLabel(cell), ...failures.get(cell.key)! })),
  });
  const stacks = new Set([...failures.values()].map(({ message, stack }) => stack ?? message));
  return Object.assign(error, { cause: { stack: [...stacks].join('\n') } });
}

/** A manifest says nothing that the experiment does not: a damaged one is written anew. */
async function previousManifest(store: FileStore, { note }: Surroundings) {
  try {
    return await store.loadManifest();
  } catch (error) {
    note(`${(error as Error).message.split('\n')[0]} It is written anew.`);
    return null;
  }
}
