import type { RunEvent } from './execution';
import type { Kept } from '../experiment';
import type { Job, RecordOf } from './record';

/** What an executor says of itself. */
export interface ExecutorMeta {
  readonly id: string;
  readonly title: string;
  /** One sentence: where jobs run. */
  readonly summary: string;
  /** Whether it is taken for so many workers where none is named; absent: never. */
  readonly automatic?: (workers: number) => boolean;
  /** Class of what can be set of it (`--set-executor partition=cpu`), with its defaults; absent: nothing. */
  readonly settings?: new () => object;
}

/** What whoever runs jobs needs to know. It crosses process boundaries, so it is data only. */
export interface RunnerOptions {
  readonly storeLocation: string;
  /** Id of the engine. */
  readonly engine: string;
  /** Engine threads of one worker. */
  readonly threads: number;
  /** Fingerprint of the experiment, for provenance. */
  readonly experiment?: string;
  /** What stays with the records besides; absent: nothing. */
  readonly keep?: readonly Kept[];
  /** Refuse to train on a machine of another kind than the first that trained into the folder. */
  readonly sameMachine?: boolean;
}

/** The jobs of a run, and how they are to run. */
export interface Work {
  readonly jobs: readonly Job[];
  /** Path of a module that exports `createRunner` (src/run/workers/runner.ts). */
  readonly runner: string;
  readonly runnerOptions: RunnerOptions;
  /** Jobs at a time. */
  readonly workers: number;
  /** The longest job should start first, so that none is left running alone at the end. */
  readonly expectedSeconds: (job: Job) => number;
  /** What is set of the executor: an instance of `ExecutorMeta.settings`, checked; empty where it has none. */
  readonly settings: object;
  /**
   * Of these jobs, those that nobody who shares the folder is measuring, as far as can be seen from here, in the order in
   * which to try them. Whoever runs one may still come too late: the runner then rejects with the error `claimed`, and the
   * job is to be tried again later.
   */
  free(jobs: readonly Job[]): readonly Job[];
  /** Jobs that others are measuring are not waited for. */
  readonly untilIdle?: boolean;
  /** Keeps a record that was measured where the folder is out of reach. Runners of this folder have kept theirs already. */
  keep(record: RecordOf): Promise<void>;
}

/**
 * Runs jobs somewhere. Resolves when every job has finished or failed, or after `signal` once all is resumable; a job
 * whose worker is lost is given to another.
 */
export interface Executor {
  run(work: Work, onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void>;
  /** Hands the work to whatever runs it and says where it went, without waiting for it (`--detach`); absent: cannot. */
  submit?(work: Work): Promise<string>;
  /** Ends what runs for a folder, and says what that was; whatever was finished stays. Absent: there is nothing to end. */
  cancel?(folder: string, settings: object): Promise<string>;
}
