import { discover } from '../../registry/discover';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { systemClock } from '../core/clock';
import type { Engine } from '../core/contracts/engine';
import type { RunJob, SerialisedError } from '../core/contracts/execution';
import { recordSchemaVersion, type Job, type RecordOf } from '../core/contracts/record';
import { studyOf, type Kept } from '../core/experiment';
import type { NamedArray } from '../core/contracts/study';
import { cellLabel, columnOf, rowOf } from '../core/cell';
import { runtime } from '../core/runtime';
import { searchJobOf, type SearchRecord } from '../core/search';
import { zooError, type ErrorCode } from '../core/errors';
import { asThrown, serialiseError } from '../core/serialise-error';
import { enginesOf } from '../engine/select';
import { commitOf, describeMachine, machineKind, versions } from '../train/provenance';
import { requireThisCode } from './code/identity';
import { Claims, type Claim } from './shared/claims';
import { recordShapesOf } from './store/record-shapes';
import { FileStore } from './store/file-store';
import { requireMachineKind } from './store/machine-kind';
import { encodeSafetensors } from './store/safetensors';
import { finishedRecord } from './store/weights';
import type { RunnerModule } from './workers/runner';

/** What jobs are measured with; who draws and plans is elsewhere. */
const unitsOfJobs = ['tasks', 'architectures', 'engines', 'studies', 'probes', 'interventions'] as const;

/**
 * The runner of the zoo itself: loads the plugins of a job, has its study measure it, and saves its record. Whoever runs
 * a job ends here: workers, `--workers 0`, and `zoo cell`.
 */
export const createRunner: RunnerModule['createRunner'] = ({
  storeLocation,
  engine,
  threads,
  experiment,
  keep = [],
  sameMachine = false,
}): RunJob => {
  const registry = discover(new Registry(), ...unitsOfJobs);
  const store = new FileStore(storeLocation, recordShapesOf(registry));
  const plugins = new Set<string>();
  let opened: Promise<Engine> | undefined;
  const claims = new Claims(storeLocation);
  const commit = commitOf();
  // One signal for all jobs of a process: what it stops is all that is compiled here.
  const open = (signal: AbortSignal) => (opened ??= enginesOf(registry).open(engine, { threads, signal }));

  const openHere = async (signal: AbortSignal) => {
    const here = await open(signal);
    if (sameMachine) requireMachineKind(storeLocation, machineKind(here));
    return here;
  };

  const measureAndKeep = async (job: Job, claim: Claim, { onProgress, signal: asked, stop }: Making) => {
    const startedAt = systemClock.timestamp();
    const study = registry.create(registry.resolve('study', studyOf(job.specification)));
    let weights: readonly NamedArray[] | undefined;
    const signal = AbortSignal.any([asked, claim.lost]);
    const report: Making['onProgress'] = (progress) => {
      claim.report(progress);
      onProgress(progress);
    };
    const needed = searchJobOf(job);
    const measured = await study.measure(job, {
      engine: () => openHere(stop).catch((error: unknown) => Promise.reject(new OfThisMachine(error))),
      ...(needed && { search: (await make(needed, { onProgress: report, signal, stop })) as SearchRecord }),
      loadCheckpoint: () => store.loadCheckpoint(job.key),
      saveCheckpoint: (content) => store.saveCheckpoint(job.key, content),
      ...(keep.includes('weights') && { keepWeights: (trained: readonly NamedArray[]) => void (weights = trained) }),
      onProgress: report,
      now: () => systemClock.milliseconds() / 1000,
      signal,
    });
    const used = job.specification.engine === 'none' ? undefined : await opened;
    // Before the record, which names them: a record is never without its weights.
    const kept =
      weights && (await store.saveWeights(encodeSafetensors({ tensors: weights, metadata: metadataOf(job) })));
    const record = recordOf(job, measured.body, {
      startedAt,
      ...measured.provenance,
      versions: versions(used),
      machine: describeMachine(),
      ...(used && { machineKind: machineKind(used) }),
      engine: used?.description ?? 'none',
      runtime: runtime(),
      commit,
      ...(kept && { weights: kept }),
      experiment,
    });
    if (!claim.isHeld()) throw zooError('claimed', { key: job.key, owner: null });
    await store.save(record);
    await store.removeCheckpoint(job.key);
    return record;
  };

  /** The record of a job: that which is there, or else it is measured, by one process at a time. */
  const make = async (job: Job, making: Making): Promise<RecordOf> => {
    const made = await madeAlready(store, job, keep);
    if (made) return made;
    const claim = claims.take(job.key);
    try {
      // Whoever had the claim until now may have finished or failed in the meantime.
      const madeSince = await madeAlready(store, job, keep);
      if (madeSince) return madeSince;
      if (claim.losses > mostLosses)
        throw zooError('worker-lost', { cell: cellLabel(job), times: claim.losses, reason: 'ended without a word' });
      return await measureAndKeep(job, claim, making);
    } catch (error) {
      if (error instanceof OfThisMachine) throw error;
      if (claim.lost.aborted) throw claim.lost.reason;
      if (making.isAsked && !making.signal.aborted) noteFailure(store, job, serialiseError(error));
      throw error;
    } finally {
      claim.release();
    }
  };

  return async (job, onProgress, signal) => {
    for (const file of job.plugins.filter((plugin) => !plugins.has(plugin))) {
      await loadPlugin(registry, file);
      plugins.add(file);
    }
    registry.data.addAll(job.data);
    requireThisCode(registry, job);
    return make(job, { onProgress, signal, stop: signal, isAsked: true }).catch((error: unknown) => {
      throw error instanceof OfThisMachine ? error.cause : error;
    });
  };
};

/** Who is told of a job, and what stops it. */
interface Making {
  readonly onProgress: Parameters<RunJob>[1];
  readonly signal: AbortSignal;
  /** Stops all that is compiled in this process. */
  readonly stop: AbortSignal;
  /** Others are told where it fails; of a search whoever needs it is told. */
  readonly isAsked?: boolean;
}

/** What fails here may work where another process runs, so it is not noted. */
class OfThisMachine extends Error {
  constructor(override readonly cause: unknown) {
    super();
  }
}

function noteFailure(store: FileStore, job: Job, error: SerialisedError): void {
  const ofTheFolder: readonly string[] = ['write-failed', 'claimed'] satisfies ErrorCode[];
  if (ofTheFolder.includes(error.code)) return;
  try {
    store.noteFailure(job, error);
  } catch {
    // Others will find out for themselves.
  }
}

/** Workers may be killed for reasons that are none of the job's; so many are. */
const mostLosses = 16;

/** The record of a job, where somebody has made it; the error of one that has failed for somebody is thrown. */
async function madeAlready(store: FileStore, job: Job, keep: readonly Kept[]): Promise<RecordOf | undefined> {
  const failure = store.failureOf(job);
  if (failure) throw asThrown(failure);
  return finishedRecord(store, job, keep);
}

/** What a file of weights says of itself. */
const metadataOf = ({ key, specification, ...job }: Job): Record<string, string> => ({
  format: 'chomsky-zoo weights 1',
  row: rowOf({ specification, ...job }),
  column: columnOf({ specification, ...job }),
  key,
  seed: String(specification.seed),
  specification: JSON.stringify(specification),
  versions: JSON.stringify(versions()),
});

/** The parts of a record in the order in which they are written. */
const recordOf = ({ key, specification }: Job, body: object, provenance: RecordOf['provenance']): RecordOf => ({
  schemaVersion: recordSchemaVersion,
  key,
  specification,
  ...body,
  provenance,
});
