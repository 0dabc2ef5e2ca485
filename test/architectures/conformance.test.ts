import * as tf from '@tensorflow/tfjs-core';
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
const counts: Readonly<Record<string, number>> = {
  'declares its parameters as they are: unique names, true sizes, all used': 54,
  'gives finite logits of the right shape and leaves no tensor behind': 54,
  'gives the same logits after its parameters were saved and loaded': 54,
  'sends a gradient to every parameter': 54,
  'learns eight examples by heart': 54,
  'has a step and a state to start from, or neither': 54,
  'never lets a later token change an earlier output': 49,
  'says the same in one pass and in steps, 1 tokens': 48,
  'says the same in one pass and in steps, 2 tokens': 48,
  'says the same in one pass and in steps, 7 tokens': 48,
  'says the same in one pass and in steps, 33 tokens': 48,
  'has the same gradients in one pass and in steps': 35,
  'carries a state, batch first, that keeps its shape or grows by a token in a step': 48,
  'says the same however the sequence is cut into pieces': 47,
  'attends in weights that sum to one': 17,
  'says the same and has the same gradients by way of tables': 18,
  'updates its state as is read in its program: affinely or not': 48,
  'has the eigenvalues that theory takes it to have': 24,
  'says the same where only some positions are wanted, and has the same gradients': 39,
};

it('finds something to check in as many rows as have the part in question', () => {
  const found: Record<string, number> = {};
  for (const { name, applies } of rows.flatMap(({ checks }) => checks))
    found[name] = (found[name] ?? 0) + Number(applies);
  expect(found).toEqual(counts);
});

describe.each(rows)('$id', ({ checks }) => {
  for (const { name, applies, run } of checks) if (applies) it(name, run);
});
