import * as tf from '@tensorflow/tfjs';
import type { UnitClass } from '../../registry/units';
import { architectureConformance } from '../../src/testing/architecture-conformance';
import { architectureFiles } from '../support/architectures/discover';

beforeAll(() => tf.setBackend('cpu'));

describe.each(architectureFiles.flatMap(({ units }) => units).filter(({ kind }) => kind === 'architecture'))(
  '$meta.id',
  ({ unitClass }) => {
    for (const check of architectureConformance(unitClass as UnitClass<'architecture'>)) it(check.name, check.run);
  },
);
