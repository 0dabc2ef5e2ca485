import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from '../../core/clock';
import type { Work } from '../../core/contracts/executor';
import type { Job } from '../../core/contracts/record';

/** Milliseconds between looks at a folder where all that are left are with others. */
const lookEvery = 1_000;

/** Jobs that are still to be run here. Others may be running them: those are waited for, in case they come back. */
export class JobQueue {
  private readonly waiting: Job[];
  /** When jobs were put off, by the clock. */
  private readonly putOffAt = new Map<Job, number>();

  /** `expectedSeconds`: the longest is taken first. `untilIdle`: nobody is waited for. */
  constructor(
    jobs: readonly Job[],
    private readonly options: Partial<Pick<Work, 'free' | 'expectedSeconds' | 'untilIdle'>>,
    private readonly clock: Clock = systemClock,
  ) {
    const { expectedSeconds } = options;
    const expected = expectedSeconds && new Map(jobs.map((job) => [job, expectedSeconds(job)]));
    this.waiting = expected ? [...jobs].sort((a, b) => expected.get(b)! - expected.get(a)!) : [...jobs];
  }

  /** The next job that is free; undefined when there is none left, or after the signal. */
  async next(signal: AbortSignal): Promise<Job | undefined> {
    while (this.waiting.length > 0 && !signal.aborted) {
      const [job] = this.options.free?.(this.tried()) ?? this.tried();
      if (job) {
        this.waiting.splice(this.waiting.indexOf(job), 1);
        return job;
      }
      // What was put off though nobody has it waits for what it needs, which nobody else may do.
      if (this.options.untilIdle && !this.options.free?.(this.waiting).length) return undefined;
      await sleep(lookEvery, undefined, { signal }).catch(() => {});
    }
    return undefined;
  }

  /**
   * Another was quicker, also at what the job needs first: it is tried again after the others, and not at once, since of the
   * latter its own claim says nothing.
   */
  putOff(job: Job): void {
    this.waiting.push(job);
    this.putOffAt.set(job, this.clock.milliseconds());
  }

  private tried(): Job[] {
    const now = this.clock.milliseconds();
    return this.waiting.filter((job) => now - (this.putOffAt.get(job) ?? -Infinity) >= lookEvery);
  }

  /** Its worker was lost: it is tried again at once. */
  putBack(job: Job): void {
    this.waiting.unshift(job);
  }
}
