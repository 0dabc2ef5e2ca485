import type { Job } from '../../../src/core/contracts/record';
import { JobQueue } from '../../../src/run/shared/job-queue';
import { makeCell } from '../../support/records';

const jobs = [1, 2, 3].map((seed) => makeCell({ seed }));
const never = new AbortController().signal;
const seedOf = (job: Job | undefined) => job?.specification.seed;

it('gives the longest first, and each once', async () => {
  const queue = new JobQueue(jobs, { expectedSeconds: ({ specification }) => (specification.seed === 2 ? 9 : 1) });
  const given = [await queue.next(never), await queue.next(never), await queue.next(never), await queue.next(never)];
  expect(given.map(seedOf)).toEqual([2, 1, 3, undefined]);
});

it('gives what is free, and waits for what others have until they let go of it', async () => {
  let looks = 0;
  const queue = new JobQueue(jobs.slice(0, 2), {
    free: (some) => (looks++ < 2 ? some.filter(({ specification }) => specification.seed === 2) : some),
  });
  expect(seedOf(await queue.next(never))).toBe(2);
  expect(seedOf(await queue.next(never))).toBe(1);
  expect(looks).toBeGreaterThan(2);
});

it('waits for nobody where it is to end when it is idle', async () => {
  const queue = new JobQueue(jobs, { free: () => [], untilIdle: true });
  expect(await queue.next(never)).toBeUndefined();
});

it('gives what another was quicker with last, and what lost its worker next', async () => {
  const queue = new JobQueue(jobs, {});
  queue.putOff((await queue.next(never))!);
  queue.putBack((await queue.next(never))!);
  const given = [await queue.next(never), await queue.next(never), await queue.next(never)];
  expect(given.map(seedOf)).toEqual([2, 3, 1]);
});

it('does not give at once what waits for something that another is making, and does not end before it', async () => {
  let now = 0;
  const clock = { milliseconds: () => (now += 400), timestamp: () => '' };
  const queue = new JobQueue(jobs.slice(0, 1), { free: (some) => [...some], untilIdle: true }, clock);
  queue.putOff((await queue.next(never))!);
  const before = now;
  expect(seedOf(await queue.next(never))).toBe(1);
  expect(now - before).toBeGreaterThanOrEqual(1000);
});

it('stops waiting at the signal', async () => {
  const stopping = new AbortController();
  const waiting = new JobQueue(jobs, { free: () => [] }).next(stopping.signal);
  stopping.abort();
  expect(await waiting).toBeUndefined();
});
