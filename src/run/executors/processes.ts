import { availableParallelism } from 'node:os';
import type { Cell } from '../../core/contracts/record';
import type { Executor, RunEvent } from '../../core/contracts/execution';
import { cellLabel } from '../../core/cell';
import { zooError } from '../../core/errors';
import type { RunnerOptions } from '../workers/runner';
import { serialiseError } from '../../core/serialise-error';
import { WorkerProcess } from '../workers/worker-process';

export interface ProcessPoolOptions {
  /** Path of a `RunnerModule`. */
  readonly runner: string;
  readonly runnerOptions: RunnerOptions;
  /** Processes at a time; default one for each core. */
  readonly workers?: number;
  /** Longest cells start first, so that none is left running alone at the end. Default: the given order. */
  readonly expectedSeconds?: (cell: Cell) => number;
  /** How long a stopping worker has to save its checkpoint. */
  readonly graceMilliseconds?: number;
}

/** How often a cell is given to a fresh worker after losing one. */
export const retriesOfLostCells = 2;
const defaultGraceMilliseconds = 15_000;

interface Job {
  readonly cell: Cell;
  readonly losses: number;
}

/**
 * Runs every cell in a process of its own kind: a crash, a leak or `kill -9` costs one cell its work since the last
 * checkpoint and nothing else. Processes are reused from cell to cell.
 */
export class ProcessPool implements Executor {
  readonly workers: number;

  constructor(private readonly options: ProcessPoolOptions) {
    this.workers = options.workers ?? availableParallelism();
  }

  async run(cells: readonly Cell[], onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    const expected = this.options.expectedSeconds;
    const ordered = expected ? [...cells].sort((a, b) => expected(b) - expected(a)) : cells;
    const queue: Job[] = ordered.map((cell) => ({ cell, losses: 0 }));
    const slots = Array.from({ length: Math.min(this.workers, cells.length) }, (_, slot) => slot);
    await Promise.all(slots.map((slot) => this.serve(slot, queue, onEvent, signal)));
  }

  /** One slot: takes cells from the queue until it is empty, in one process for as long as that lives. */
  private async serve(
    worker: number,
    queue: Job[],
    onEvent: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    let running: WorkerProcess | undefined;
    const stop = () => running?.stop(this.options.graceMilliseconds ?? defaultGraceMilliseconds);
    signal.addEventListener('abort', stop);
    try {
      while (queue.length > 0 && !signal.aborted) {
        const { cell, losses } = queue.shift()!;
        running ??= new WorkerProcess(this.options.runner, this.options.runnerOptions);
        onEvent({ type: 'cell-started', cell, worker });
        const ending = await running.run(cell, (progress) =>
          onEvent({ type: 'cell-progress', cell, worker, progress }),
        );
        if (ending.type === 'finished') onEvent({ type: 'cell-finished', cell, worker, record: ending.record });
        else if (ending.type === 'failed') onEvent({ type: 'cell-failed', cell, worker, error: ending.error });
        else if (ending.type === 'lost' && !signal.aborted) {
          running = undefined;
          const retry = losses < retriesOfLostCells;
          onEvent({ type: 'worker-lost', cell, worker, reason: ending.reason, retry });
          if (retry) queue.unshift({ cell, losses: losses + 1 });
          else onEvent({ type: 'cell-failed', cell, worker, error: this.lostError(cell, losses + 1, ending.reason) });
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await running?.end();
    }
  }

  private lostError(cell: Cell, times: number, reason: string) {
    return serialiseError(zooError('worker-lost', { cell: cellLabel(cell), times, reason }));
  }
}
