import { unitFolders, discover } from '../../registry/discover';
import { loadPlugin } from '../../registry/plugins';
import { Registry } from '../../registry/registry';
import { systemClock } from '../core/clock';
import type { Engine } from '../core/contracts/engine';
import type { RunJob } from '../core/contracts/execution';
import { recordSchemaVersion, type Job, type RecordOf } from '../core/contracts/record';
import { studyOf } from '../core/experiment';
import type { NamedArray } from '../core/contracts/study';
import { columnOf, rowOf } from '../core/cell';
import { runtime } from '../core/runtime';
import { enginesOf } from '../engine/select';
import { commitOf, describeMachine, versions } from '../train/provenance';
import { requireThisCode } from './code/identity';
import { recordShapesOf } from './store/record-shapes';
import { FileStore } from './store/file-store';
import { encodeSafetensors } from './store/safetensors';
import type { RunnerModule } from './workers/runner';

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
}): RunJob => {
  const registry = discover(new Registry(), ...unitFolders);
  const store = new FileStore(storeLocation, recordShapesOf(registry));
  const plugins = new Set<string>();
  let opened: Promise<Engine> | undefined;
  const commit = commitOf();
  // One signal for all jobs of a process: what it stops is all that is compiled here.
  const open = (signal: AbortSignal) => (opened ??= enginesOf(registry).open(engine, { threads, signal }));

  return async (job, onProgress, signal) => {
    for (const file of job.plugins.filter((plugin) => !plugins.has(plugin))) {
      await loadPlugin(registry, file);
      plugins.add(file);
    }
    registry.data.addAll(job.data);
    requireThisCode(registry, job);
    const startedAt = systemClock.timestamp();
    const study = registry.create(registry.resolve('study', studyOf(job.specification)));
    let weights: readonly NamedArray[] | undefined;
    const measured = await study.measure(job, {
      engine: () => open(signal),
      loadCheckpoint: () => store.loadCheckpoint(job.key),
      saveCheckpoint: (content) => store.saveCheckpoint(job.key, content),
      ...(keep.includes('weights') && { keepWeights: (trained: readonly NamedArray[]) => void (weights = trained) }),
      onProgress,
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
      engine: used?.description ?? 'none',
      runtime: runtime(),
      commit,
      ...(kept && { weights: kept }),
      experiment,
    });
    await store.save(record);
    await store.removeCheckpoint(job.key);
    return record;
  };
};

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
