import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { GridExperiment } from '../../../src/studies/experiment';
import { costs } from '../../../src/studies/capability/costs';
import { expandExperiment } from '../../../src/studies/capability/expand';
import { validated } from '../../../src/core/validation';
import { vocabularyOf } from '../../../src/data/format';
import { sizesOf } from '../../../src/model/sizes';

const registry = discover(new Registry(), ...unitFolders);
const manifest = expandExperiment(
  registry,
  validated(
    GridExperiment,
    {
      name: 'costs',
      architectures: ['lstm', 'transformer', 'cot-transformer', 'filler-transformer'].map((id) => ({ id })),
      tasks: ['parity', 'reversal'].map((id) => ({ id })),
      baselines: ['uniform'],
      protocol: { trainingLengths: { maximum: 10 } },
      seeds: [1, 2],
    },
    { place: 'test' },
  ),
  { file: 'test', engine: 'native', plugins: [] },
);
const found = costs(registry, manifest);
const of = (row: string, column: string) =>
  found.find(({ architecture, task }) => architecture === row && task === column)!;

it('has every trained pair once, seeds aside', () => {
  const trained = manifest.cells.filter(({ specification }) => specification.mode !== 'baseline');
  expect(found).toHaveLength(new Set(trained.map(({ specification: s }) => `${s.architecture.id} ${s.task.id}`)).size);
});

it('looks at the longest trained sequence', () => {
  const unit = registry.resolve('architecture', 'lstm');
  const { parameters, state, flops } = of('lstm', 'parity');
  // ten symbols, <equals> and one slot
  const expected = sizesOf(unit, registry.hyperparameters(unit, {}, { place: 'test' }), {
    vocabularySize: vocabularyOf(registry.createTask('parity'), 'direct', { computationSteps: 0 }).size,
    time: 12,
  });
  expect({ parameters, state, flops }).toEqual(expected);
  expect(of('transformer', 'reversal').state).toBeGreaterThan(of('transformer', 'parity').state);
});

it('counts the tokens that are written for an answer: none where all is answered at once, thoughts where they are', () => {
  expect(of('lstm', 'reversal').tokensPerAnswer).toBe(0);
  expect(of('filler-transformer', 'parity').tokensPerAnswer).toBe(2); // answer and <end>
  expect(of('cot-transformer', 'parity').tokensPerAnswer).toBeGreaterThan(10);
});
