import type { Cell, CellRecord } from '../../core/contracts/record';
import type { CellProgress, RunCell, SerialisedError } from '../../core/contracts/execution';
import type { EngineName } from '../../core/contracts/engine';

/** What a process needs to know to build its `RunCell`. It crosses a process boundary, so it is data only. */
export interface RunnerOptions {
  readonly storeLocation: string;
  readonly engine: EngineName | 'auto';
  /** Engine threads of one worker. */
  readonly threads: number;
}

/**
 * A CommonJS module that workers load by its path. The `RunCell` it makes
 * - saves its record before it resolves and its checkpoints as it goes: a worker may be killed at any moment;
 * - continues from the checkpoint where there is one;
 * - lets the event loop turn between steps (`await setImmediate()` now and then), or it cannot hear the signal;
 * - on the signal saves a checkpoint and rejects with the signal's reason.
 */
export interface RunnerModule {
  createRunner(options: RunnerOptions): Promise<RunCell> | RunCell;
}

/** From the main process to a worker. The first message names the runner. */
export type ToWorker =
  | { readonly type: 'prepare'; readonly runner: string; readonly options: RunnerOptions }
  | { readonly type: 'run'; readonly cell: Cell }
  | { readonly type: 'stop' };

/** How a cell ended in a worker. */
export type Ending =
  | { readonly type: 'finished'; readonly record: CellRecord }
  | { readonly type: 'failed'; readonly error: SerialisedError }
  | { readonly type: 'stopped' };

/** From a worker to the main process. */
export type FromWorker = { readonly type: 'progress'; readonly progress: CellProgress } | Ending;
