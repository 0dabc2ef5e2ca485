import type { Job, RecordOf } from '../../core/contracts/record';
import type { RunnerOptions } from '../../core/contracts/executor';
import type { ErrorCode } from '../../core/errors';
import type { CellProgress, RunJob, SerialisedError } from '../../core/contracts/execution';

/**
 * A CommonJS module that workers load by its path. The `RunJob` it makes
 * - rejects with the error `claimed` where another process measures the job into the same folder;
 * - saves its record before it resolves and its checkpoints as it goes: a worker may be killed at any moment;
 * - continues from the checkpoint where there is one;
 * - lets the event loop turn between steps (`await setImmediate()` now and then), or it cannot hear the signal;
 * - on the signal saves a checkpoint and rejects with the signal's reason.
 */
export interface RunnerModule {
  createRunner(options: RunnerOptions): Promise<RunJob> | RunJob;
}

/** From the main process to a worker. The first message names the runner. */
export type ToWorker =
  | { readonly type: 'prepare'; readonly runner: string; readonly options: RunnerOptions }
  | { readonly type: 'run'; readonly cell: Job }
  | { readonly type: 'stop' };

/** How a cell ended in a worker. */
export type Ending =
  | { readonly type: 'finished'; readonly record: RecordOf }
  | { readonly type: 'failed'; readonly error: SerialisedError }
  | { readonly type: 'stopped' };

/** Whether another process measures the job: no failure. */
export const isClaimed = (ending: { readonly type: string; readonly error?: SerialisedError }): boolean =>
  ending.type === 'failed' && ending.error?.code === ('claimed' satisfies ErrorCode);

/** From a worker to the main process. */
export type FromWorker = { readonly type: 'progress'; readonly progress: CellProgress } | Ending;
