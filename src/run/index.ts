/**
 * What an executor of a plugin is made of, and whatever measures its jobs on other machines; imported as
 * `chomsky-zoo/executors`.
 *
 * ```ts
 * import { ownRunner, WorkerProcess } from 'chomsky-zoo/executors';
 *
 * const worker = new WorkerProcess(ownRunner, { ...runnerOptions, storeLocation: 'runs/mine' });
 * const ending = await worker.run(job, (progress) => console.log(progress.step)); // finished, failed, stopped or lost
 * await worker.end();
 * ```
 *
 * The decorator `@executor`, and `zooError` for errors with a code of the zoo, come from `chomsky-zoo`. An error of its own
 * has the fields `code`, `what`, `nearest` and `remedy`; that is all that is read of one.
 */
export type { Executor, ExecutorMeta, RunnerOptions, Work } from '../core/contracts/executor';
export type { CellPhase, CellProgress, RunEvent, RunJob, SerialisedError } from '../core/contracts/execution';
export type { Job, RecordOf } from '../core/contracts/record';
export { cellLabel } from '../core/cell';
export { serialiseError } from '../core/serialise-error';
export { ResultsFolder } from './store/results-folder';
export { ownRunner } from './workers/own-runner';
export { retriesOfLostCells } from './workers/process-pool';
export type { Ending, RunnerModule } from './workers/runner';
export { WorkerProcess, type Lost } from './workers/worker-process';
