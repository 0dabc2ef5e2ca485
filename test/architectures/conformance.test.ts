import * as tf from '@tensorflow/tfjs';
import type { ArchitectureMeta } from '../../src/core/contracts/architecture';
import type { UnitClass } from '../../registry/units';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { architectureFiles } from '../support/architectures/discover';

beforeAll(() => tf.setBackend('cpu'));

/** Wrapped rows are the model of their base, which their own tests show. */
const rows = architectureFiles
  .flatMap(({ units }) => units)
  .filter(({ kind, meta }) => kind === 'architecture' && !(meta as ArchitectureMeta).mode)
  .map(({ meta, unitClass }) => ({
    id: meta.id,
    checks: architectureConformance(unitClass as UnitClass<'architecture'>),
  }));

/** How many rows each check has something to look at in: an extra that a row lost unawares shows here. */
const counts: Readonly<Record<string, number>> = {};

it('finds something to check in as many rows as have the part in question', () => {
  const found: Record<string, number> = {};
  for (const { name, applies } of rows.flatMap(({ checks }) => checks))
    found[name] = (found[name] ?? 0) + Number(applies);
  expect(found).toEqual(counts);
});

describe.each(rows)('$id', ({ checks }) => {
  for (const { name, applies, run } of checks) if (applies) it(name, run);
});
