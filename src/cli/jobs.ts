import { createRequire } from 'node:module';
import type { Registry } from '../../registry/registry';
import type { Reporter, RunEvent, SerialisedError } from '../core/contracts/execution';
import type { RunnerOptions } from '../core/contracts/executor';
import type { Job, RecordOf } from '../core/contracts/record';
import type { RecordWords } from '../core/contracts/study';
import { type ErrorCode, ZooError } from '../core/errors';
import { Estimator } from '../run/estimate';
import { executorFor } from '../run/executor-choice';
import type { RunLogs } from '../run/run-logs';
import { Claims } from '../run/shared/claims';
import { freeJobs } from '../run/shared/free-jobs';
import type { FileStore } from '../run/store/file-store';
import type { Interruption } from './io';

/** What is to run, and what is known of its likes. */
export interface Jobs {
  readonly jobs: readonly Job[];
  readonly alreadyFinished: number;
  readonly finished: readonly RecordOf[];
}

/** How jobs run, and who is told. */
export interface Execution {
  readonly registry: Registry;
  /** What the study says of a record. */
  tell(record: RecordOf): RecordWords;
  readonly runnerOptions: RunnerOptions;
  /** The folder of results. */
  readonly store: FileStore;
  /** Of the experiment. */
  readonly name: string;
  readonly workers: number;
  /** Jobs that others are measuring are not waited for. */
  readonly untilIdle?: boolean;
  /** Absent: the one that is taken for so many workers. */
  readonly executor?: string;
  readonly reporter: Reporter;
  readonly logs: RunLogs;
  /** Aborted with what is to be said, or with an error: the folder is no longer this run's, or cannot be written to. */
  readonly stopping: AbortController;
}

/** What is said when work is to stop; an error is what it ends with. */
export const stoppedBy: Readonly<Record<Interruption, string>> = {
  keyboard: 'Stopping: saving what is running. Press Ctrl-C again to leave at once.',
  signal: 'Stopping: saving what is running.',
  unread: 'Nobody reads this any longer. Stopping: saving what is running.',
};

/** Runs jobs until each has a record or has failed, or `stopping` is aborted; returns the failures by key. */
export async function executeJobs(
  { jobs, alreadyFinished, finished }: Jobs,
  execution: Execution,
): Promise<Map<string, SerialisedError>> {
  const { registry, runnerOptions, workers, reporter, logs, stopping, name, tell, store } = execution;
  const failures = new Map<string, SerialisedError>();
  const { signal } = stopping;
  const sayWhy = () => {
    const why = signal.reason as string | ZooError;
    reporter.note(typeof why === 'string' ? why : `${why.what} ${stoppedBy.signal}`);
  };
  signal.addEventListener('abort', sayWhy);
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'cell-failed') failures.set(event.cell.key, event.error);
    // A process that was lost could not say so itself.
    if (event.type === 'cell-failed' && event.error.code === ('worker-lost' satisfies ErrorCode))
      store.noteFailure(event.cell, event.error);
    reporter.event(event);
    logs.event(event);
    // Where one record cannot be written no other can: what is trained from here on would be trained in vain.
    if (event.type === 'cell-failed' && event.error.code === ('write-failed' satisfies ErrorCode))
      stopping.abort(new ZooError('write-failed', ...wordsOf(event.error)));
  };
  const estimator = new Estimator(finished);
  const expectedSeconds = (job: Job) => estimator.cell(job).seconds;
  const { storeLocation: folder, engine } = runnerOptions;
  const written = logs.begin({ experiment: name, folder, jobs, alreadyFinished, engine, tell });
  const claims = new Claims(folder);
  reporter.begin(jobs, alreadyFinished);
  for (const path of written) reporter.note(`Log: ${path}`);
  try {
    const executor = executorFor(registry, execution.executor, workers);
    const keep = (record: RecordOf) => store.save(record);
    const work = { jobs, runner: zooRunner, runnerOptions, workers, expectedSeconds, settings: {}, keep };
    const free = freeJobs(claims, { workers });
    await executor.run({ ...work, free, untilIdle: execution.untilIdle }, onEvent, signal);
  } finally {
    claims.sweep();
    reporter.end();
    logs.end();
    signal.removeEventListener('abort', sayWhy);
  }
  return failures;
}

/** What happened and what to try, of an error whose text alone came from another process. */
function wordsOf({ message }: SerialisedError): [what: string, nearest: [], remedy: string] {
  const [what = '', ...remedy] = message.split('\n');
  return [what, [], remedy.join('\n')];
}

/** Loaded by whoever runs jobs, in a process of its own or here. */
const zooRunner = createRequire(__filename).resolve('../run/zoo-runner');
