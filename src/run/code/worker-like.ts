import { hostname } from 'node:os';
import { zooError } from '../../core/errors';
import { isPlainObject } from '../../core/validation';
import { versions } from '../../train/provenance';

/** What a worker elsewhere must be like to measure for whoever handed it cells: versions by their names. */
export type WorkerLike = Readonly<Record<string, string>>;

/** Like this process. Code of units and plugins is compared for each cell besides. */
export const likeHere = (): WorkerLike => versions();

/**
 * Refuses cells of whoever runs other versions: records must not depend on which worker happened to make them.
 * @throws other-worker
 */
export function requireLike(expected: unknown): void {
  const here = likeHere();
  const told = isPlainObject(expected) ? Object.entries(expected) : [];
  const differences = told.flatMap(([name, version]) =>
    here[name] === version ? [] : `${name} is ${here[name] ?? 'not here'} instead of ${String(version)}`,
  );
  if (differences.length > 0) throw zooError('other-worker', { host: hostname(), differences });
}
