import type { Job } from '../../core/contracts/record';

/**
 * Jobs in groups that take at least `seconds` each, as far as can be expected, and less than twice that, the longest jobs
 * first: a queue takes its time to start whatever it starts. A job that takes longer is a group of its own, and where all of
 * them together take less there is one group.
 */
export function packed(
  jobs: readonly Job[],
  seconds: number,
  expectedSeconds: (job: Job) => number,
): readonly (readonly Job[])[] {
  const expected = new Map(jobs.map((job) => [job, expectedSeconds(job)]));
  const groups: Job[][] = [];
  let group: Job[] = [];
  let sum = 0;
  for (const job of [...jobs].sort((a, b) => expected.get(b)! - expected.get(a)!)) {
    group.push(job);
    sum += expected.get(job)!;
    if (sum < seconds) continue;
    groups.push(group);
    [group, sum] = [[], 0];
  }
  // The shortest are left: they join groups of short jobs, or else the shortest of the long ones.
  if (groups.length === 0) return group.length > 0 ? [group] : [];
  const short = groups.filter(([longest]) => expected.get(longest!)! < seconds);
  const joined = short.length > 0 ? short : groups.slice(-1);
  group.forEach((job, at) => joined[at % joined.length]!.push(job));
  return groups;
}
