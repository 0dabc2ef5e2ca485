import { columnOf, rowOf } from '../../core/cell';
import type { Manifest, ManifestCost } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';

const pairOf = (row: string, column: string): string => `${row}\n${column}`;
const pairOfJob = (job: Job): string => pairOf(rowOf(job), columnOf(job));

/**
 * Costs of the cells of `next`: those that `previous` has of cells that are still the same jobs, and for the others among
 * `shown` what `costsOf` says. Models are traced once, not each time that a run goes on.
 */
export function keepCosts<J extends Job>(
  previous: Manifest<Job> | null,
  { next, shown }: { readonly next: Manifest<J>; readonly shown: Manifest<J> },
  costsOf: (manifest: Manifest<J>) => readonly ManifestCost[],
): ManifestCost[] {
  const asked = new Set(next.cells.map(({ key }) => key));
  const same = new Set((previous?.cells ?? []).filter(({ key }) => asked.has(key)).map(pairOfJob));
  const kept = (previous?.costs ?? []).filter(({ architecture, task }) => same.has(pairOf(architecture, task)));
  const known = new Set(kept.map(({ architecture, task }) => pairOf(architecture, task)));
  const missing = shown.cells.filter((cell) => !known.has(pairOfJob(cell)));
  return [...kept, ...(missing.length === 0 ? [] : costsOf({ ...shown, cells: missing }))];
}
