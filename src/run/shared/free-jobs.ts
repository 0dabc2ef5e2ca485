import { hostInNames } from '../../core/atomic-file';
import { systemClock, type Clock } from '../../core/clock';
import type { Work } from '../../core/contracts/executor';
import type { Rng } from '../../core/contracts/random';
import type { Job } from '../../core/contracts/record';
import { createRng } from '../../core/random';
import type { Claims } from './claims';

/** Milliseconds between looks for claims whose owner is dead: each takes opening a file. */
const inspectEvery = 5_000;

interface FreeOptions {
  /** Claims of so many jobs may be those of this command itself. */
  readonly workers: number;
  readonly clock?: Clock;
  readonly rng?: Rng;
}

/**
 * Which jobs nobody is measuring, in the order in which to try them: first those whose owner has died, which may have come
 * far; then the others, as they come. Where others are at work one of the first few is taken by chance, as many as there
 * are of them, so that those who look at the same moment seldom want the same job.
 */
export function freeJobs(
  claims: Pick<Claims, 'keys' | 'all'>,
  { workers, clock = systemClock, rng = createRng(`${hostInNames} ${process.pid}`) }: FreeOptions,
): Work['free'] {
  let inspectedAt = -Infinity;
  return (jobs) => {
    const claimed = new Set(claims.keys());
    const free = jobs.filter(({ key }) => !claimed.has(key));
    if (free.length < jobs.length && clock.milliseconds() - inspectedAt >= inspectEvery) {
      inspectedAt = clock.milliseconds();
      const left = leftBehind(
        claims,
        jobs.filter(({ key }) => claimed.has(key)),
      );
      if (left.length > 0) return [...left, ...free];
    }
    const others = Math.max(0, claimed.size - workers);
    const chosen = free.length > 0 ? rng.integer(Math.min(others + 1, free.length)) : 0;
    return chosen === 0 ? free : [free[chosen]!, ...free.slice(0, chosen), ...free.slice(chosen + 1)];
  };
}

function leftBehind(claims: Pick<Claims, 'all'>, jobs: readonly Job[]): Job[] {
  const held = new Set(claims.all(jobs.map(({ key }) => key)).flatMap(({ key, holds }) => (holds ? key : [])));
  return jobs.filter(({ key }) => !held.has(key));
}
