import '../../core/compile-cache';
import { createRequire } from 'node:module';
import type { CellProgress, RunJob } from '../../core/contracts/execution';
import { zooError } from '../../core/errors';
import type { FromWorker, RunnerModule, ToWorker } from './runner';
import type { RunnerOptions } from '../../core/contracts/executor';
import { serialiseError } from '../../core/serialise-error';

/** Entry of a worker process: prepares a runner once, then runs one cell after another as told over IPC. */

const parent = process.ppid;
const stopping = new AbortController();
let runner: Promise<RunJob> | undefined;

function send(message: FromWorker): void {
  if (process.connected) process.send!(message);
}

// Ctrl-C and a closed terminal reach every process of it; only the main process decides what they mean.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// The main process has ended, perhaps by kill -9: nobody waits for this work, and its checkpoint is on disk.
process.on('disconnect', () => process.exit(0));

/** A runner that hogs the event loop never hears `disconnect`, so look at the parent itself as well. */
function report(progress: CellProgress): void {
  if (process.ppid !== parent) process.exit(0);
  send({ type: 'progress', progress });
}

async function prepare(path: string, options: RunnerOptions): Promise<RunJob> {
  const { createRunner } = createRequire(__filename)(path) as Partial<RunnerModule>;
  if (!createRunner) throw zooError('runner-invalid', { path });
  return createRunner(options);
}

process.on('message', async (message: ToWorker) => {
  switch (message.type) {
    case 'prepare':
      runner = prepare(message.runner, message.options);
      runner.catch(() => {}); // told to whoever runs a cell
      return;
    case 'stop':
      return stopping.abort();
    case 'run':
      try {
        const runCell = await runner!;
        send({ type: 'finished', record: await runCell(message.cell, report, stopping.signal) });
      } catch (error) {
        send(stopping.signal.aborted ? { type: 'stopped' } : { type: 'failed', error: serialiseError(error) });
      }
  }
});
