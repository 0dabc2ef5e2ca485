import { columnOf, rowOf } from '../../core/cell';
import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';

/** One text for a row and a column. */
export const pairOf = ({ architecture, task }: { readonly architecture: string; readonly task: string }): string =>
  `${architecture}\n${task}`;

export const pairOfJob = (job: Job): string => pairOf({ architecture: rowOf(job), task: columnOf(job) });

/** Pairs of `previous` with a cell that is still the same job in `next`. */
export function samePairs(previous: Manifest<Job> | null, next: Manifest<Job>): Set<string> {
  const asked = new Set(next.cells.map(({ key }) => key));
  return new Set((previous?.cells ?? []).filter(({ key }) => asked.has(key)).map(pairOfJob));
}
