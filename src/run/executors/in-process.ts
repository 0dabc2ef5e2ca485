import type { Cell } from '../../core/contracts/record';
import type { Executor, RunCell, RunEvent } from '../../core/contracts/execution';
import { serialiseError } from '../../core/serialise-error';

/** Runs cells one after another in this process: for debugging (`--workers 0`) and for tests. */
export class InProcessExecutor implements Executor {
  constructor(private readonly runCell: RunCell) {}

  async run(cells: readonly Cell[], onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    const worker = 0;
    for (const cell of cells) {
      if (signal.aborted) return;
      onEvent({ type: 'cell-started', cell, worker });
      try {
        const record = await this.runCell(
          cell,
          (progress) => onEvent({ type: 'cell-progress', cell, worker, progress }),
          signal,
        );
        onEvent({ type: 'cell-finished', cell, worker, record });
      } catch (error) {
        if (signal.aborted) return;
        onEvent({ type: 'cell-failed', cell, worker, error: serialiseError(error) });
      }
    }
  }
}
