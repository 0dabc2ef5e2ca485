import type { Reporter, RunEvent, SerialisedError } from '../core/contracts/execution';
import type { RunnerOptions, Work } from '../core/contracts/executor';
import type { Job, RecordOf } from '../core/contracts/record';
import type { RecordWords } from '../core/contracts/study';
import { type ErrorCode, ZooError } from '../core/errors';
import { Estimator } from '../run/estimate';
import type { ChosenExecutor } from '../run/executor-choice';
import type { RunLogs } from '../run/run-logs';
import { ownRunner } from '../run/workers/own-runner';
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

/** Where jobs run, and what their records are kept in. */
export interface Place {
  readonly runnerOptions: RunnerOptions;
  /** The folder of results. */
  readonly store: FileStore;
  readonly workers: number;
  readonly executor: ChosenExecutor;
}

/** How jobs run, and who is told. */
export interface Execution extends Place {
  /** What the study says of a record. */
  tell(record: RecordOf): RecordWords;
  /** Of the experiment. */
  readonly name: string;
  /** Jobs that others are measuring are not waited for. */
  readonly untilIdle?: boolean;
  readonly reporter: Reporter;
  readonly logs: RunLogs;
  /** Aborted with what is to be said, or with an error: the folder cannot be written to. */
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
  const { runnerOptions, reporter, logs, stopping, name, tell, store, untilIdle } = execution;
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
  const { storeLocation: folder, engine } = runnerOptions;
  const written = logs.begin({ experiment: name, folder, jobs, alreadyFinished, engine, tell });
  const claims = new Claims(folder);
  reporter.begin(jobs, alreadyFinished);
  for (const path of written) reporter.note(`Log: ${path}`);
  try {
    await execution.executor.executor.run({ ...workOf(jobs, finished, execution), untilIdle }, onEvent, signal);
  } finally {
    claims.sweep();
    reporter.end();
    logs.end();
    signal.removeEventListener('abort', sayWhy);
  }
  return failures;
}

/** The jobs as executors get them. `finished`: records from which it is estimated how long they take. */
export function workOf(
  jobs: readonly Job[],
  finished: readonly RecordOf[],
  { runnerOptions, workers, store, executor: { settings } }: Place,
): Work {
  const estimator = new Estimator(finished);
  return {
    jobs,
    runner: ownRunner,
    runnerOptions,
    workers,
    expectedSeconds: (job) => estimator.cell(job).seconds,
    settings,
    keep: (record) => store.save(record),
    free: freeJobs(new Claims(store.location), { workers }),
  };
}

/** What happened and what to try, of an error whose text alone came from another process. */
function wordsOf({ message }: SerialisedError): [what: string, nearest: [], remedy: string] {
  const [what = '', ...remedy] = message.split('\n');
  return [what, [], remedy.join('\n')];
}
