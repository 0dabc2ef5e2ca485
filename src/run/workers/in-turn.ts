import type { RunEvent, RunJob } from '../../core/contracts/execution';
import type { Job } from '../../core/contracts/record';
import { serialiseError } from '../../core/serialise-error';

/** Runs jobs one after another in this process. */
export async function runInTurn(
  runJob: RunJob,
  jobs: readonly Job[],
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const worker = 0;
  for (const cell of jobs) {
    if (signal.aborted) return;
    onEvent({ type: 'cell-started', cell, worker });
    try {
      const record = await runJob(
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
