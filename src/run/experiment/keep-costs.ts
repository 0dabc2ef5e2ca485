import type { Manifest, ManifestCost } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import { pairOf, pairOfJob, samePairs } from './same-cells';

/**
 * Costs of the cells of `next`: those that `previous` has of cells that are still the same jobs, and for the others among
 * `shown` what `costsOf` says. Models are traced once, not each time that a run goes on.
 */
export function keepCosts<J extends Job>(
  previous: Manifest<Job> | null,
  { next, shown }: { readonly next: Manifest<J>; readonly shown: Manifest<J> },
  costsOf: (manifest: Manifest<J>) => readonly ManifestCost[],
): ManifestCost[] {
  const same = samePairs(previous, next);
  const kept = (previous?.costs ?? []).filter((cost) => same.has(pairOf(cost)));
  const known = new Set(kept.map(pairOf));
  const missing = shown.cells.filter((cell) => !known.has(pairOfJob(cell)));
  return [...kept, ...(missing.length === 0 ? [] : costsOf({ ...shown, cells: missing }))];
}
