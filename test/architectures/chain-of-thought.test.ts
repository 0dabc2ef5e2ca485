import { unitOf, type UnitClass } from '../../registry/units';
import type { ArchitectureMeta } from '../../src/core/contracts/architecture';
import { architectureFiles } from '../support/architectures/discover';
import { describeChainOfThought } from '../support/architectures/chain-of-thought';

/** Sizes at which each base learns parity in seconds. */
const sizes: Record<string, Record<string, unknown>> = {
  lstm: { embeddingWidth: 16, hiddenSize: 32 },
  mamba: { layers: 1, width: 16 },
  rwkv: { layers: 1, width: 16 },
};

const units = architectureFiles.flatMap((file) => file.units);
const wrapped = units.filter(({ meta }) => (meta as ArchitectureMeta).mode === 'chain-of-thought');
const classOf = (id: string) => units.find(({ meta }) => meta.id === id)!.unitClass as UnitClass<'architecture'>;

it('knows a size for every wrapped row but the Transformer, which has a test of its own', () => {
  const bases = wrapped.map(({ unitClass }) => (unitOf(unitClass)!.meta as ArchitectureMeta).variantOf);
  expect(bases.sort()).toEqual([...Object.keys(sizes), 'transformer']);
});

describe.each(Object.entries(sizes))('cot-%s', (base, hyperparameters) => {
  describeChainOfThought(classOf(`cot-${base}`), classOf(base), hyperparameters);
});
