import { availableParallelism } from 'node:os';
import type { Job } from '../../core/contracts/record';
import type { RunEvent } from '../../core/contracts/execution';
import { cellLabel } from '../../core/cell';
import { zooError } from '../../core/errors';
import type { RunnerOptions, Work } from '../../core/contracts/executor';
import { serialiseError } from '../../core/serialise-error';
import { JobQueue } from '../shared/job-queue';
import { isClaimed } from './runner';
import { WorkerProcess } from './worker-process';

export interface ProcessPoolOptions {
  /** Path of a `RunnerModule`. */
  readonly runner: string;
  readonly runnerOptions: RunnerOptions;
  /** Processes at a time; default one for each core. */
  readonly workers?: number;
  /** Longest cells start first, so that none is left running alone at the end. Default: the given order. */
  readonly expectedSeconds?: (cell: Job) => number;
  /** See `Work`; default: all are free. */
  readonly free?: Work['free'];
  readonly untilIdle?: boolean;
  /** How long a stopping worker has to save its checkpoint. */
  readonly graceMilliseconds?: number;
}

/** How often a cell is given to a fresh worker after losing one. */
export const retriesOfLostCells = 2;
const defaultGraceMilliseconds = 15_000;

/**
 * Runs every cell in a process of its own kind: a crash, a leak or `kill -9` costs one cell its work since the last
 * checkpoint and nothing else. Processes are reused from cell to cell.
 */
export class ProcessPool {
  readonly workers: number;

  constructor(private readonly options: ProcessPoolOptions) {
    this.workers = options.workers ?? availableParallelism();
  }

  async run(cells: readonly Job[], onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    const queue = new JobQueue(cells, this.options);
    const losses = new Map<string, number>();
    const slots = Array.from({ length: Math.min(this.workers, cells.length) }, (_, slot) => slot);
    await Promise.all(slots.map((slot) => this.serve(slot, { queue, losses }, onEvent, signal)));
  }

  /** One slot: takes cells from the queue until it is empty, in one process for as long as that lives. */
  private async serve(
    worker: number,
    { queue, losses }: { readonly queue: JobQueue; readonly losses: Map<string, number> },
    onEvent: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    let running: WorkerProcess | undefined;
    const stop = () => running?.stop(this.options.graceMilliseconds ?? defaultGraceMilliseconds);
    signal.addEventListener('abort', stop);
    try {
      let cell: Job | undefined;
      while ((cell = await queue.next(signal))) {
        const current = cell;
        running ??= new WorkerProcess(this.options.runner, this.options.runnerOptions);
        onEvent({ type: 'cell-started', cell, worker });
        const ending = await running.run(cell, (progress) =>
          onEvent({ type: 'cell-progress', cell: current, worker, progress }),
        );
        if (ending.type === 'finished') onEvent({ type: 'cell-finished', cell, worker, record: ending.record });
        else if (isClaimed(ending)) {
          queue.putOff(cell);
          onEvent({ type: 'cell-claimed', cell, worker });
        } else if (ending.type === 'failed') onEvent({ type: 'cell-failed', cell, worker, error: ending.error });
        else if (ending.type === 'lost' && !signal.aborted) {
          running = undefined;
          const times = (losses.get(cell.key) ?? 0) + 1;
          losses.set(cell.key, times);
          const retry = times <= retriesOfLostCells;
          onEvent({ type: 'worker-lost', cell, worker, reason: ending.reason, retry });
          if (retry) queue.putBack(cell);
          else onEvent({ type: 'cell-failed', cell, worker, error: this.lostError(cell, times, ending.reason) });
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await running?.end();
    }
  }

  private lostError(job: Job, times: number, reason: string) {
    return serialiseError(zooError('worker-lost', { cell: cellLabel(job), times, reason }));
  }
}
