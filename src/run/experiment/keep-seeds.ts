import type { Manifest } from '../../core/contracts/manifest';
import type { Job } from '../../core/contracts/record';
import { fingerprint } from '../../core/cell';

const apartFromSeed = ({ specification }: Job): string => fingerprint({ ...specification, seed: null });

/** `next` with the cells of `previous` that are its own but for the seed: running fewer seeds loses none. */
export function keepSeeds(previous: Manifest<Job> | null, next: Manifest<Job>): Manifest<Job> {
  const keys = new Set(next.cells.map(({ key }) => key));
  const kinds = new Set(next.cells.map(apartFromSeed));
  const kept = (previous?.cells ?? []).filter((cell) => !keys.has(cell.key) && kinds.has(apartFromSeed(cell)));
  return { ...next, cells: [...next.cells, ...kept] };
}
