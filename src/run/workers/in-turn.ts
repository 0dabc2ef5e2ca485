import type { RunEvent, RunJob } from '../../core/contracts/execution';
import type { Work } from '../../core/contracts/executor';
import type { Job } from '../../core/contracts/record';
import { serialiseError } from '../../core/serialise-error';
import { JobQueue } from '../shared/job-queue';
import { isClaimed } from './runner';

/** Runs jobs one after another in this process. */
export async function runInTurn(
  runJob: RunJob,
  { jobs, free, untilIdle }: Pick<Work, 'jobs'> & Partial<Pick<Work, 'free' | 'untilIdle'>>,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const worker = 0;
  const queue = new JobQueue(jobs, { free, untilIdle });
  for (let job = await queue.next(signal); job; job = await queue.next(signal)) {
    const cell: Job = job;
    onEvent({ type: 'cell-started', cell, worker });
    try {
      const record = await runJob(
        cell,
        (progress) => onEvent({ type: 'cell-progress', cell, worker, progress }),
        signal,
      );
      onEvent({ type: 'cell-finished', cell, worker, record });
    } catch (thrown) {
      if (signal.aborted) return;
      const error = serialiseError(thrown);
      if (isClaimed({ type: 'failed', error })) {
        queue.putOff(cell);
        onEvent({ type: 'cell-claimed', cell, worker });
      } else onEvent({ type: 'cell-failed', cell, worker, error });
    }
  }
}
