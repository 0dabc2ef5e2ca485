import * as tf from '@tensorflow/tfjs';
import type { ArchitectureMeta } from '../../src/core/contracts/architecture';
import type { UnitClass } from '../../registry/units';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { architectureFiles } from '../support/architectures/discover';

beforeAll(() => tf.setBackend('cpu'));

/** Wrapped rows are the model of their base, which their own tests show. */
const rows = architectureFiles
  .flatMap(({ units }) => units)
  .filter(({ kind, meta }) => kind === 'architecture' && !(meta as ArchitectureMeta).mode);

describe.each(rows)('$meta.id', ({ unitClass }) => {
  for (const check of architectureConformance(unitClass as UnitClass<'architecture'>)) it(check.name, check.run);
});
