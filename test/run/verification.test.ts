import fc from 'fast-check';
import { createRng } from '../../src/core/random';
import { compared, sampled } from '../../src/run/verification';
import { makeCell, makeRecord, type GivenRecord } from '../support/records';
import { tell } from '../support/run';

const at = (machine: string, given: GivenRecord = {}) => {
  const record = makeRecord({ inRange: 1, near: 0.5, ...given });
  return { ...record, provenance: { ...record.provenance, machine } };
};
const here = 'Some Processor 3, 2 cores, 24 GiB, linux x64';

test.each([
  [
    'other times, cores and memory alone',
    at('Some Processor 3, 8 cores, 64 GiB, linux x64', { trainingSeconds: 99 }),
    'identical',
  ],
  [
    'another score on the same processor',
    at('Some Processor 3, 8 cores, 64 GiB, linux x64', { near: 0.51 }),
    'other bytes',
  ],
  [
    'another score of the same outcome elsewhere',
    at('Other, 2 cores, 24 GiB, linux x64', { near: 0.51 }),
    'same outcome',
  ],
  ['another outcome elsewhere', at('Other, 2 cores, 24 GiB, linux x64', { near: 1 }), 'other outcome'],
])('%s: %s', (_, now, expected) => expect(compared(at(here), now, tell)).toBe(expected));

test('another version of what computes is another machine', () => {
  const now = at(here, { near: 0.51 });
  const newer = { ...now, provenance: { ...now.provenance, versions: { compiler: '13' } } };
  expect(compared(at(here), newer, tell)).toBe('same outcome');
});

test('a sample has as many jobs as asked for, in order, and does not depend on their order or on what else there is', () => {
  const jobs = Array.from({ length: 40 }, (_, seed) => makeCell({ seed: seed + 1 }));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.nat(),
      fc.shuffledSubarray(jobs, { minLength: 40 }),
      (count, seed, mixed) => {
        const rng = () => createRng('verify').split(seed);
        const drawn = sampled(jobs, count, rng());
        expect(drawn).toHaveLength(Math.min(count, 40));
        expect(drawn).toEqual(jobs.filter((job) => drawn.includes(job)));
        expect(new Set(sampled(mixed, count, rng()))).toEqual(new Set(drawn));
      },
    ),
    { seed: 3, numRuns: 30 },
  );
  const often = (key: string) =>
    Array.from({ length: 400 }, (_, seed) => sampled(jobs, 10, createRng(seed))).filter((drawn) =>
      drawn.some((job) => job.key === key),
    ).length;
  for (const { key } of jobs.slice(0, 5)) expect(Math.abs(often(key) - 100)).toBeLessThan(35); // four deviations
});
