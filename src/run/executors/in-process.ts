import { createRequire } from 'node:module';
import { executor } from '../../../registry/units';
import type { RunEvent } from '../../core/contracts/execution';
import type { Executor, Work } from '../../core/contracts/executor';
import { runInTurn } from '../workers/in-turn';
import type { RunnerModule } from '../workers/runner';

const load = createRequire(__filename);

/** This process, for debugging. */
@executor({
  id: 'in-process',
  title: 'This process',
  summary: 'One job after another in the process of the command itself (--workers 0).',
  automatic: (workers) => workers === 0,
})
export class InProcess implements Executor {
  async run(
    { runner, runnerOptions, ...work }: Work,
    onEvent: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const runJob = await (load(runner) as RunnerModule).createRunner(runnerOptions);
    await runInTurn(runJob, work, onEvent, signal);
  }
}
