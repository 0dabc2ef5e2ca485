import { setTimeout as sleep } from 'node:timers/promises';
import { QueueEvents } from 'bullmq';
import { zooError } from 'chomsky-zoo';
import {
  cellLabel,
  retriesOfLostCells,
  serialiseError,
  type Job,
  type RecordOf,
  type ResultsFolder,
  type RunEvent,
  type SerialisedError,
  type Work,
} from 'chomsky-zoo/executors';
import type { CellQueue } from './cell-queue';
import { fromJson, idOf, type Told } from './payload';

/** Milliseconds between looks at the jobs themselves: events may be missed, and jobs may vanish. */
const betweenLooks = 5_000;
/** Milliseconds that cells at work have to save what they know when the run is stopped. */
const graceWhenStopped = 30_000;

/** What is followed of a job that has not ended. */
interface Followed {
  readonly job: Job;
  /** Number of the worker that has it; undefined where none has. */
  worker?: number;
  /** In the queue, unless somebody else who shares the folder is measuring it. */
  isQueued: boolean;
}

/** The jobs of one run in the queue: puts them there, turns what becomes of them into events, keeps their records. */
export class Submission {
  private readonly followed = new Map<string, Followed>();
  /** Jobs whose end is being dealt with. */
  private readonly ending = new Set<string>();
  /** Workers by name, numbered as they appear. */
  private readonly workers = new Map<string, number>();
  private stopped = new Set<string>();

  constructor(
    private readonly queue: CellQueue,
    private readonly work: Work,
    private readonly folder: ResultsFolder,
    private readonly onEvent: (event: RunEvent) => void = () => {},
  ) {
    for (const job of work.jobs) this.followed.set(idOf(job.key, work.runnerOptions), { job, isQueued: false });
  }

  /** Puts into the queue what nobody is measuring, the longest first. Returns how many that were. */
  async submit(): Promise<number> {
    const waiting = [...this.followed].filter(([, { isQueued }]) => !isQueued);
    const free = new Set(this.work.free(waiting.map(([, { job }]) => job)).map(({ key }) => key));
    const seconds = new Map(waiting.map(([id, { job }]) => [id, this.work.expectedSeconds(job)]));
    const jobs = waiting
      .filter(([, { job }]) => free.has(job.key))
      .sort(([a], [b]) => seconds.get(b)! - seconds.get(a)!);
    const data = new Map(jobs.flatMap(([, { job }]) => Object.entries(job.data ?? {})));
    for (const [digest, path] of data) await this.queue.saveData(digest, path);
    const { storeLocation: _, ...options } = this.work.runnerOptions;
    await this.queue.renew(jobs.map(([id]) => id));
    await this.queue.add(
      jobs.map(([id, { job }]) => ({ id, label: cellLabel(job), payload: { job: portable(job), options } })),
    );
    for (const [, followed] of jobs) followed.isQueued = true;
    if (this.work.untilIdle) for (const [id, { isQueued }] of waiting) if (!isQueued) this.followed.delete(id);
    return jobs.length;
  }

  /** Resolves when every job has ended, or after the signal once all that were at work have saved what they know. */
  async follow(signal: AbortSignal): Promise<void> {
    const later = () => {}; // it is looked at again
    const events = new QueueEvents(this.queue.name, { connection: this.queue.redis });
    try {
      events.on('error', () => {}); // the connection is made again, and we look
      events.on('progress', ({ jobId, data }) => this.told(jobId, data as unknown));
      events.on(
        'completed',
        ({ jobId, returnvalue }) => void this.completed(jobId, returnvalue as unknown).catch(later),
      );
      events.on('failed', ({ jobId, failedReason }) => void this.failed(jobId, failedReason).catch(later));
      events.on('stalled', ({ jobId }) => this.lost(jobId, 'its worker no longer answers'));
      await events.waitUntilReady();
      while (this.followed.size > 0 && !signal.aborted) {
        await this.submit();
        await this.look();
        await this.untilNextLook(signal);
      }
      if (signal.aborted) await this.stop();
    } finally {
      await events.close().catch(() => {});
    }
  }

  /** Sleeps, and wakes when the last job has ended. */
  private async untilNextLook(signal: AbortSignal): Promise<void> {
    const until = performance.now() + betweenLooks;
    while (performance.now() < until && this.followed.size > 0 && !signal.aborted) await sleep(100);
  }

  private async look(): Promise<void> {
    const [completed, failed] = await Promise.all([this.queue.ids('completed'), this.queue.ids('failed')]);
    const atRest = await this.queue.ids('wait', 'active', 'delayed', 'prioritized');
    for (const [id, followed] of [...this.followed]) {
      if (this.ending.has(id)) continue;
      if (!followed.isQueued) {
        const record = await this.folder.record(followed.job.key);
        if (record) this.finished(id, followed, record);
      } else if (completed.has(id)) await this.completed(id);
      else if (failed.has(id)) await this.failed(id);
      // Between two lists a job may be in neither: only what is nowhere was removed, by another run that shares the queue.
      else if (!atRest.has(id) && (await this.queue.cells.getJobState(id)) === 'unknown') followed.isQueued = false;
    }
  }

  private told(id: string, told: unknown): void {
    const followed = this.followed.get(id);
    if (!followed || this.ending.has(id)) return;
    const { worker: name, progress, refused, lost } = toldOf(told);
    const worker = this.numberOf(name);
    if (refused) return this.lost(id, `${name} cannot measure it: ${refused.message}`);
    if (lost !== undefined) return this.lost(id, lost);
    if (!progress) return;
    if (followed.worker !== worker) this.start(followed, worker);
    this.onEvent({ type: 'cell-progress', cell: followed.job, worker, progress });
  }

  private lost(id: string, reason: string): void {
    const followed = this.followed.get(id);
    if (!followed || this.ending.has(id)) return;
    const worker = this.workerOf(followed);
    this.onEvent({ type: 'worker-lost', cell: followed.job, worker, reason, retry: true });
    followed.worker = undefined;
  }

  private async completed(id: string, value?: unknown): Promise<void> {
    const followed = this.followed.get(id);
    if (!followed || this.ending.has(id)) return;
    this.ending.add(id);
    try {
      const record = (value ?? (await this.queue.cells.getJob(id))?.returnvalue) as RecordOf | undefined;
      if (!record) return void (followed.isQueued = false); // removed by another run: it is queued again
      if (record.key !== followed.job.key) throw new Error('a worker returned the record of another cell');
      const { weights } = record.provenance;
      if (weights !== undefined) await this.keepWeights(weights);
      await this.work.keep(record);
      // Only now: a run that is killed before finds the record in the queue when it is started again.
      await this.queue.cells.remove(id);
      this.finished(id, followed, record);
    } catch (error) {
      this.fail(id, followed, serialiseError(error));
    } finally {
      this.ending.delete(id);
    }
  }

  private async keepWeights(digest: string): Promise<void> {
    if (await this.folder.loadWeights(digest)) return;
    const content = await this.queue.loadWeights(digest);
    if (!content || (await this.folder.saveWeights(content)) !== digest)
      throw new Error('the weights of this cell are no longer in Redis, or damaged');
    await this.queue.removeWeights(digest);
  }

  private async failed(id: string, reason = ''): Promise<void> {
    const followed = this.followed.get(id);
    if (!followed || this.ending.has(id)) return;
    this.ending.add(id);
    try {
      const job = await this.queue.cells.getJob(id);
      if (job && !(await job.isFailed())) return; // it is tried again
      const { error } = toldOf(job?.progress);
      const cell = cellLabel(followed.job);
      const lost = { cell, times: retriesOfLostCells + 1, reason: job?.failedReason ?? reason };
      this.fail(id, followed, error ?? serialiseError(zooError('worker-lost', lost)));
    } finally {
      this.ending.delete(id);
    }
  }

  private finished(id: string, followed: Followed, record: RecordOf): void {
    const worker = this.workerOf(followed);
    this.followed.delete(id);
    this.onEvent({ type: 'cell-finished', cell: followed.job, worker, record });
  }
  private fail(id: string, followed: Followed, error: SerialisedError): void {
    const worker = this.workerOf(followed);
    this.followed.delete(id);
    if (!this.stopped.has(id)) this.onEvent({ type: 'cell-failed', cell: followed.job, worker, error });
  }

  private workerOf = (followed: Followed): number => followed.worker ?? this.start(followed, 0);
  private start(followed: Followed, worker: number): number {
    this.onEvent({ type: 'cell-started', cell: followed.job, worker });
    followed.worker = worker;
    return worker;
  }
  private numberOf(name: string): number {
    if (!this.workers.has(name)) this.workers.set(name, this.workers.size);
    return this.workers.get(name)!;
  }

  /** Takes what waits out of the queue, and waits for what is at work. */
  private async stop(): Promise<void> {
    const queued = [...this.followed].filter(([, { isQueued }]) => isQueued).map(([id]) => id);
    this.stopped = new Set(queued);
    const { removed } = await this.queue.stop(queued);
    for (const id of removed) this.followed.delete(id);
    const until = performance.now() + graceWhenStopped;
    while ([...this.followed.values()].some(({ isQueued }) => isQueued) && performance.now() < until) {
      await sleep(200);
      await this.look();
    }
  }
}

/** A job without what is on this machine alone. */
const portable = ({ data, ...job }: Job): Job => ({
  ...job,
  plugins: [],
  ...(data && { data: Object.fromEntries(Object.keys(data).map((digest) => [digest, ''])) }),
});

function toldOf(value: unknown): Told {
  const text = typeof value === 'object' && value !== null ? (value as { told?: unknown }).told : undefined;
  return typeof text === 'string' ? (fromJson(text) as Told) : { worker: 'a worker' };
}
