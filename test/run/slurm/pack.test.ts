import * as fc from 'fast-check';
import { packed } from '../../../src/run/slurm/pack';
import { makeCell } from '../../support/records';

const jobsOf = (count: number) => Array.from({ length: count }, (_, seed) => makeCell({ seed: seed + 1 }));
const groups = (lengths: readonly number[], seconds: number) => {
  const jobs = jobsOf(lengths.length);
  const expected = (job: (typeof jobs)[number]) => lengths[jobs.indexOf(job)]!;
  return packed(jobs, seconds, expected as never).map((group) => group.map((job) => expected(job as never)));
};

test.each<[readonly number[], readonly (readonly number[])[]]>([
  [[], []],
  [[1, 2], [[2, 1]]],
  [
    [400, 100, 100, 100, 900, 50],
    [[900], [400], [100, 100, 100, 50]],
  ],
])('%j in groups of 300', (lengths, expected) => expect(groups(lengths, 300)).toEqual(expected));

test('every job is in one group, and each group takes long enough unless there is but one', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 600 }),
      (lengths, seconds) => {
        const found = groups(lengths, seconds);
        expect(found.flat().sort((a, b) => a - b)).toEqual([...lengths].sort((a, b) => a - b));
        const sums = found.map((group) => group.reduce((sum, each) => sum + each, 0));
        if (found.length > 1) expect(Math.min(...sums)).toBeGreaterThanOrEqual(seconds);
        // Nothing could be taken away from a group: without its last it would be too short.
        for (const group of found.slice(0, -1)) expect(group.length === 1 || Math.max(...group) < seconds).toBe(true);
      },
    ),
  ));
