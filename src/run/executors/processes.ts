import { executor } from '../../../registry/units';
import type { RunEvent } from '../../core/contracts/execution';
import type { Executor, Work } from '../../core/contracts/executor';
import { ProcessPool } from '../workers/process-pool';

/** A process for each job at work: what kills one costs its job the work since the last checkpoint and nothing else. */
@executor({
  id: 'processes',
  title: 'Processes',
  summary: 'As many processes on this machine as there are --workers, one engine thread each.',
  automatic: (workers) => workers > 0,
})
export class Processes implements Executor {
  run({ jobs, ...options }: Work, onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    return new ProcessPool(options).run(jobs, onEvent, signal);
  }
}
