import { setTimeout as sleep } from 'node:timers/promises';
import type { Work } from '../../core/contracts/executor';
import type { Job } from '../../core/contracts/record';

/** Milliseconds between looks at a folder where all that are left are with others. */
const lookEvery = 1_000;

/** Jobs that are still to be run here. Others may be running them: those are waited for, in case they come back. */
export class JobQueue {
  private readonly waiting: Job[];

  /** `expectedSeconds`: the longest is taken first. `untilIdle`: nobody is waited for. */
  constructor(
    jobs: readonly Job[],
    private readonly options: Partial<Pick<Work, 'free' | 'expectedSeconds' | 'untilIdle'>>,
  ) {
    const { expectedSeconds } = options;
    const expected = expectedSeconds && new Map(jobs.map((job) => [job, expectedSeconds(job)]));
    this.waiting = expected ? [...jobs].sort((a, b) => expected.get(b)! - expected.get(a)!) : [...jobs];
  }

  /** The next job that is free; undefined when there is none left, or after the signal. */
  async next(signal: AbortSignal): Promise<Job | undefined> {
    while (this.waiting.length > 0 && !signal.aborted) {
      const [job] = this.options.free?.(this.waiting) ?? this.waiting;
      if (job) {
        this.waiting.splice(this.waiting.indexOf(job), 1);
        return job;
      }
      if (this.options.untilIdle) return undefined;
      await sleep(lookEvery, undefined, { signal }).catch(() => {});
    }
    return undefined;
  }

  /** Another was quicker: it is tried again when the others are done. */
  putOff(job: Job): void {
    this.waiting.push(job);
  }

  /** Its worker was lost: it is tried again at once. */
  putBack(job: Job): void {
    this.waiting.unshift(job);
  }
}
