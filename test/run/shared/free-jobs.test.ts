import type { Job } from '../../../src/core/contracts/record';
import type { Claimed } from '../../../src/run/shared/claims';
import { freeJobs } from '../../../src/run/shared/free-jobs';
import { createRng } from '../../../src/core/random';
import { makeCell } from '../../support/records';

const jobs: Job[] = Array.from({ length: 40 }, (_, at) => makeCell({ seed: at + 1 }));
const at = (...places: number[]) => places.map((place) => jobs[place]!);

/** Claims of these jobs, and of others that are not asked for. */
function claimsOf(held: Job[], dead: Job[] = [], elsewhere = 0) {
  const claimed = (key: string, holds: boolean): Claimed => ({ key, holds, owner: null, silent: 0 });
  const all = [...held.map(({ key }) => claimed(key, true)), ...dead.map(({ key }) => claimed(key, false))];
  return {
    keys: () => [...all.map(({ key }) => key), ...Array.from({ length: elsewhere }, (_, each) => `other${each}`)],
    all: (keys: readonly string[] = []) => all.filter(({ key }) => keys.includes(key)),
  };
}
let now = 0;
const clock = { milliseconds: () => now, timestamp: () => '' };

it('leaves out what others have, and keeps the order where nobody else is there', () => {
  const free = freeJobs(claimsOf(at(0, 2)), { workers: 2, clock });
  expect(free(jobs.slice(0, 5))).toEqual(at(1, 3, 4));
});

it('has what a dead process left first, and looks for that only now and then', () => {
  const free = freeJobs(claimsOf(at(0), at(3)), { workers: 2, clock });
  expect(free(jobs.slice(0, 5))).toEqual(at(3, 1, 2, 4));
  expect(free(jobs.slice(0, 5))).toEqual(at(1, 2, 4));
  now += 10_000;
  expect(free(jobs.slice(0, 5))).toEqual(at(3, 1, 2, 4));
});

it('spreads those who look at the same moment over as many jobs as there are others', () => {
  const firsts = new Set<number>();
  for (let who = 0; who < 200; who++) {
    const free = freeJobs(claimsOf([], [], 9), { workers: 1, clock, rng: createRng(who) });
    const given = free(jobs);
    expect([...given].sort((a, b) => a.specification.seed - b.specification.seed)).toEqual(jobs);
    firsts.add(jobs.indexOf(given[0]!));
  }
  expect([...firsts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
