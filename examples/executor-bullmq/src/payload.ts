import type { CellProgress, Job, RunnerOptions, SerialisedError } from 'chomsky-zoo/executors';

/** What a job of the queue carries. Files do not travel in it: plugins are the worker's own, data are fetched by digest. */
export interface Payload {
  readonly job: Job;
  readonly options: Omit<RunnerOptions, 'storeLocation'>;
}

/** What a worker says of the job that it has; the last of it stays with the job. */
export interface Told {
  /** Names the process: host, process and place in it. */
  readonly worker: string;
  readonly progress?: CellProgress;
  /** Why the worker cannot measure this job, though others may. */
  readonly refused?: SerialisedError;
  /** Why its process was lost; it is tried again. */
  readonly lost?: string;
  /** Why the job failed or was stopped. */
  readonly error?: SerialisedError;
}

/** Id in the queue: the key of the cell, so that nothing is queued twice. With its weights it is another piece of work. */
export const idOf = (key: string, { keep = [] }: Pick<RunnerOptions, 'keep'>): string =>
  [key, ...[...keep].sort()].join('.');

/** JSON has no infinite numbers and no NaN, which a loss may be. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' && !Number.isFinite(each) ? { number: String(each) } : each,
  );

export const fromJson = (text: string): unknown =>
  JSON.parse(text, (_, each: unknown) =>
    typeof each === 'object' && each !== null && Object.keys(each).join() === 'number'
      ? Number((each as { number: string }).number)
      : each,
  );
