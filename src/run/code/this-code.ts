import type { Registry } from '../../../registry/registry';
import type { JobSpecification } from '../../core/contracts/record';
import type { Stored } from '../../core/contracts/store';
import { ZooError } from '../../core/errors';
import { differencesFromHere } from './identity';

/** Records of the code at hand, and how many others there were for each difference. */
export interface OfThisCode {
  readonly stored: ReadonlyMap<string, Stored>;
  readonly leftOut: ReadonlyMap<string, number>;
}

/** Makes records of other versions, revisions and plugins stale; `registry` has the units of the grid. */
export function ofThisCode(registry: Registry, stored: ReadonlyMap<string, Stored>): OfThisCode {
  const leftOut = new Map<string, number>();
  const judged = [...stored].map(([key, each]): [string, Stored] => {
    if (each.status !== 'finished') return [key, each];
    const found = differences(registry, each.record.specification).join(', ');
    if (found === '') return [key, each];
    leftOut.set(found, (leftOut.get(found) ?? 0) + 1);
    const reason = `${found} since it was made`;
    return [key, { status: 'stale', file: `${key}.json`, record: each.record, reason }];
  });
  return { stored: new Map(judged), leftOut };
}

/** A unit that is not here was taken away. */
function differences(registry: Registry, specification: JobSpecification): string[] {
  try {
    return differencesFromHere(registry, specification);
  } catch (error) {
    if (!(error instanceof ZooError) || error.code !== 'unknown-unit') throw error;
    return [error.what.replace(/\.$/, '')];
  }
}
