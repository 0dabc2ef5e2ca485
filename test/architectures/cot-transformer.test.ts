import { chainOfThought, CotTransformer } from '../../architectures/cot-transformer';
import { Lstm } from '../../architectures/lstm';
import { Transformer } from '../../architectures/transformer';
import { architecture, unitOf, wrapperOf } from '../../registry/units';
import type { ArchitectureMeta } from '../../src/core/contracts/architecture';

const metaOf = (value: unknown) => unitOf(value)!.meta as ArchitectureMeta;

it('is the same model under another id and mode', () => {
  const [base, wrapped] = [metaOf(Transformer), metaOf(CotTransformer)];
  expect(wrapped).toMatchObject({
    id: 'cot-transformer',
    mode: 'chain-of-thought',
    variantOf: 'transformer',
    claims: [],
  });
  expect(wrapped.hyperparameters).toBe(base.hyperparameters);
  expect(base.mode).toBeUndefined();
  const describeParameters = (unit: typeof CotTransformer) =>
    new unit().build(new base.hyperparameters(), 7).parameters.map(({ name, shape }) => [name, shape]);
  expect(describeParameters(CotTransformer)).toEqual(describeParameters(Transformer));
});

it('wraps any causal row, and keeps a namespace in front', () => {
  expect(metaOf(chainOfThought(Lstm))).toMatchObject({ id: 'cot-lstm', variantOf: 'lstm' });
  const Foreign = architecture({ ...metaOf(Lstm), id: 'acme/lstm' })(class extends Lstm {});
  expect(metaOf(chainOfThought(Foreign)).id).toBe('acme/cot-lstm');
  expect(wrapperOf(chainOfThought)?.prefix).toBe('cot');
});

it('refuses what is not causal', () => {
  const Bidirectional = architecture({
    ...metaOf(Transformer),
    id: 'bidirectional',
    capabilities: { causal: false },
  })(class extends Transformer {});
  expect(() => chainOfThought(Bidirectional)).toThrow(
    '"cot" needs an architecture that is causal, and "bidirectional" is not',
  );
});
