import { setTimeout as sleep } from 'node:timers/promises';
import { cellLabel } from '../../core/cell';
import { systemClock } from '../../core/clock';
import type { RunEvent } from '../../core/contracts/execution';
import type { Work } from '../../core/contracts/executor';
import type { Job } from '../../core/contracts/record';
import { zooError } from '../../core/errors';
import { serialiseError } from '../../core/serialise-error';
import type { FileStore } from '../store/file-store';
import type { Queue, QueuedTask } from './queue';
import type { SlurmSettings } from './settings';
import { submitJobs } from './submit';
import { Submission } from './submission';

/** So often the cells of a task are submitted before they count as failed. */
export const mostSubmissions = 3;
/** Looks at the queue after a task has left it until its cells are missed: a shared disk shows records late. */
const looksUntilMissed = 2;
/** So many looks may fail, one after another. */
const mostFailures = 20;
/** Milliseconds that cancelled tasks have to save what is running. */
const mostWaitForEnd = 120_000;

/** Reasons for which a task waits in vain. */
const neverStarts =
  /^(BadConstraints|PartitionNodeLimit|PartitionTimeLimit|.*MaxWallDurationPerJobLimit|launch failed requeued held)$/i;

type ArrayTask = QueuedTask & { readonly index: number };

interface LastTask {
  readonly submission: Submission;
  readonly task: number;
  /** Of the queue; undefined while it has not been looked at. */
  readonly state?: string;
}

/** Somebody has ended it on purpose. */
const isCancelled = (last: LastTask | undefined): boolean =>
  last !== undefined && (last.state === 'CANCELLED' || last.submission.isCancelled);

/**
 * Keeps every job of a run that has not ended in the queue: those that are neither there nor measured by somebody are
 * submitted, and again when their task ends without them.
 */
export class Supervision {
  private readonly settings: SlurmSettings;
  private readonly submissions: Submission[];
  private readonly own: Submission[] = [];
  private readonly times = new Map<string, number>();
  private readonly missed = new Map<string, number>();
  /** Where a job was last in the queue. */
  private readonly lastTask = new Map<string, LastTask>();
  /** Ids of tasks that had ended before this run began. */
  private before: ReadonlySet<string> = new Set();
  private lookedAt = -Infinity;
  private failures = 0;

  constructor(
    private readonly work: Work,
    private readonly store: FileStore,
    private readonly queue: Queue,
    private readonly onEvent: (event: RunEvent) => void = () => {},
  ) {
    this.settings = work.settings as SlurmSettings;
    this.submissions = Submission.all(store.location);
  }

  /** Submits what is not in the queue, and returns that. @throws scheduler-failed */
  async begin(): Promise<readonly Submission[]> {
    const tasks = await this.tasks();
    const [open, ended] = [true, false].map((wanted) => tasks.filter(({ isOpen }) => isOpen === wanted));
    this.before = new Set(ended!.map(({ id }) => id));
    const free = this.notQueued(open!, this.work.jobs);
    if (free.length > 0) await this.submit(free);
    this.lookedAt = systemClock.milliseconds();
    return this.own;
  }

  /** Looks at the queue if it is time to. `open`: jobs that have not ended. @throws scheduler-failed when it has failed for long */
  async keepUp(open: readonly Job[]): Promise<void> {
    if (systemClock.milliseconds() - this.lookedAt < this.settings.pollSeconds * 1000) return;
    this.lookedAt = systemClock.milliseconds();
    try {
      await this.look(open);
      this.failures = 0;
    } catch (error) {
      // A controller that does not answer mostly comes back; until then nothing is known.
      if (++this.failures >= mostFailures) throw error;
    }
  }

  /** Ends what this run has submitted, and waits until all of it is saved and gone. */
  async cancel(): Promise<void> {
    const names = this.own.map(({ name }) => name);
    await this.queue.cancel({ names });
    await untilGone(this.queue, names);
  }

  private async tasks(): Promise<readonly ArrayTask[]> {
    const tasks = await this.queue.tasks(this.submissions.map(({ name }) => name));
    const told = new Set(tasks.map(({ name, index }) => `${name} ${index}`));
    return tasks
      .filter(({ id, isOpen }) => isOpen || !this.before.has(id))
      .flatMap(({ index, ...task }) => {
        if (index !== undefined) return { ...task, index };
        const all = Array.from({ length: this.named(task.name).tasks }, (_, each) => each);
        return all.flatMap((each) => (told.has(`${task.name} ${each}`) ? [] : { ...task, index: each }));
      });
  }

  private async look(open: readonly Job[]): Promise<void> {
    const tasks = await this.tasks();
    await this.giveUp(
      tasks.filter(({ state, reason }) => state === 'PENDING' && neverStarts.test(reason)),
      open,
    );
    const lost = await this.lost(this.notQueued(tasks, open));
    const again: Job[] = [];
    for (const job of lost) {
      if (isCancelled(this.lastTask.get(job.key))) this.fail(job, 'its task was cancelled');
      else if ((this.times.get(job.key) ?? 0) < mostSubmissions) again.push(job);
      else this.fail(job, `its task left the queue ${mostSubmissions} times without it${this.inWhichState(job)}`);
    }
    for (const cell of again.filter(({ key }) => this.lastTask.has(key)))
      this.onEvent({ type: 'worker-lost', cell, worker: -1, reason: this.lastWords(cell), retry: true });
    if (again.length > 0) await this.submit(again);
  }

  /** Of jobs that are not in the queue, those that have been missed for long enough and have not ended. */
  private async lost(gone: readonly Job[]): Promise<readonly Job[]> {
    const before = new Map(this.missed);
    this.missed.clear();
    for (const { key } of gone) this.missed.set(key, (before.get(key) ?? 0) + 1);
    const lost: Job[] = [];
    for (const job of gone) {
      if (this.missed.get(job.key)! < looksUntilMissed) continue;
      const { status } = await this.store.find(job);
      if (status !== 'finished' && !this.store.failureOf(job)) lost.push(job);
    }
    return lost;
  }

  /** Of the open jobs, those that are in no task of the queue and measured by nobody. */
  private notQueued(tasks: readonly ArrayTask[], open: readonly Job[]): readonly Job[] {
    const queued = new Set<string>();
    for (const { name, index, state, isOpen } of tasks) {
      const submission = this.named(name);
      for (const key of submission.keysOf(index)) {
        if (isOpen) queued.add(key);
        // What ended before the job was submitted again says nothing of it.
        const last = this.lastTask.get(key);
        if (isOpen || !last || (last.submission === submission && last.task === index))
          this.lastTask.set(key, { submission, task: index, state });
      }
    }
    const others = open.filter(({ key }) => !queued.has(key));
    return others.length > 0 ? this.work.free(others) : others;
  }

  private named = (name: string): Submission => this.submissions.find((each) => each.name === name)!;

  private async submit(jobs: readonly Job[]): Promise<void> {
    const submitted = await submitJobs(jobs, this.work, this.settings, this.queue);
    this.submissions.push(...submitted);
    this.own.push(...submitted);
    for (const submission of submitted)
      for (let task = 0; task < submission.tasks; task++)
        for (const key of submission.keysOf(task)) {
          this.times.set(key, (this.times.get(key) ?? 0) + 1);
          this.missed.delete(key);
          this.lastTask.set(key, { submission, task });
        }
  }

  private async giveUp(tasks: readonly ArrayTask[], open: readonly Job[]): Promise<void> {
    if (tasks.length === 0) return;
    await this.queue.cancel({ ids: tasks.map(({ id }) => id) });
    const reasons = new Map<string, string>();
    for (const { name, index, reason } of tasks)
      for (const key of this.named(name).keysOf(index)) reasons.set(key, reason);
    for (const job of open)
      if (reasons.has(job.key)) this.fail(job, `its task would never start (${reasons.get(job.key)})`);
  }

  /** Noted in the folder, where whoever follows it finds it. */
  private fail(job: Job, problem: string): void {
    const last = this.lastTask.get(job.key);
    const log = last?.submission.logFile(last.task) ?? null;
    const lines = last?.submission.lastLines(last.task) ?? [];
    this.store.noteFailure(job, serialiseError(zooError('task-lost', { cell: cellLabel(job), problem, lines, log })));
  }

  private inWhichState({ key }: Job): string {
    const state = this.lastTask.get(key)?.state;
    return state === undefined ? '' : ` (${state})`;
  }

  private lastWords({ key }: Job): string {
    const last = this.lastTask.get(key);
    return last?.submission.lastLines(last.task, 1)[0] ?? 'its task left the queue';
  }
}

/** Waits until no task of these names is in the queue. */
export async function untilGone(queue: Queue, names: readonly string[]): Promise<void> {
  for (let waited = 0; waited < mostWaitForEnd; waited += 500) {
    if (!(await queue.tasks(names)).some(({ isOpen }) => isOpen)) return;
    await sleep(500);
  }
}
