import { architecture } from '../../../registry/units';
import { predictions } from '../../../src/studies/capability/predictions';
import { builtIn, expand } from '../../support/experiment';

const registry = builtIn();
const of = (plain: Record<string, unknown>) =>
  predictions(registry, expand(registry, { baselines: ['uniform'], ...plain }));
const shown = (theory: ReturnType<typeof of>) =>
  theory.predictions.map(({ architecture, task, expressible }) => `${architecture} x ${task}: ${expressible}`);

test('every row and column that is measured, once for all seeds; baselines and what is inapplicable have none', () => {
  const theory = of({ architectures: ['lstm', 'cot-lstm'], tasks: ['parity', 'mqar'], seeds: [1, 2] });
  expect(theory.predictions.map(({ architecture, task }) => `${architecture} x ${task}`)).toEqual([
    'lstm x parity',
    'lstm x mqar',
    'cot-lstm x parity',
  ]);
});

test('under the hyperparameters of the cell', () => {
  const entry = (label: string, correctionsOrLayers: object) => ({
    id: 'deltanet-negative',
    label,
    hyperparameters: correctionsOrLayers,
  });
  const architectures = [entry('one', { layers: 1 }), entry('two', { layers: 2 })];
  expect(shown(of({ architectures, tasks: ['s3'] }))).toEqual(['one x s3: cannot', 'two x s3: can at a larger size']);
});

test('of swept settings and matched widths, by the names they have in the experiment', () => {
  const swept = of({ architectures: ['lstm'], tasks: ['parity'], sweep: { 'lstm.hiddenSize': [4, 8] } });
  expect(swept.predictions.map(({ architecture }) => architecture)).toEqual([
    'lstm',
    'lstm{hiddenSize=4}',
    'lstm{hiddenSize=8}',
  ]);
  const matched = of({ architectures: ['lstm'], tasks: ['reversal'], match: { parameters: 4000 } });
  const binds = matched.predictions[0]!.binds!;
  // 32 bits for each number of the state, two vectors of the hidden size.
  expect((binds - 1) % 64).toBe(0);
  expect(binds).toBeLessThan(64 * 64 + 1);
});

test('propositions are listed once, with citations, and no other ones', () => {
  const { predictions: found, propositions } = of({ architectures: ['lstm', 'gru'], tasks: ['parity'] });
  const used = new Set(found.flatMap((each) => each.propositions));
  expect(propositions.map(({ id }) => id).sort()).toEqual([...used].sort());
  expect(used.size).toBeGreaterThan(0);
  for (const { statement, citation } of propositions) expect([statement, citation]).not.toContain('');
});

test('a row whose program cannot be traced has no result, with the reason; the others have theirs', () => {
  const { unitClass, meta } = registry.resolve('architecture', 'lstm', 'a test');
  class Broken extends unitClass {
    override build(...given: Parameters<InstanceType<typeof unitClass>['build']>) {
      const fail = () => {
        throw new Error('no such layer');
      };
      return { ...super.build(...given), forward: fail, step: fail };
    }
  }
  registry.register([architecture({ ...meta, id: 'test/broken' })(Broken)], { origin: 'test' });
  const { predictions: found } = of({ architectures: ['test/broken', 'lstm'], tasks: ['parity'] });
  expect(found).toMatchObject([
    {
      architecture: 'test/broken',
      expressible: 'no result',
      reason: expect.stringContaining('no such layer') as string,
    },
    { architecture: 'lstm', expressible: 'can' },
  ]);
});
