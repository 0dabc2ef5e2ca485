import type { Manifest } from '../../src/core/contracts/manifest';
import { builtIn, expand } from '../support/experiment';

const registry = builtIn();
const base = {
  architectures: ['lstm', 'transformer'],
  tasks: ['mqar', 'parity', 'in-context-recall'],
  baselines: ['uniform'],
};
const swept = (sweep: unknown, more: Record<string, unknown> = {}) => expand(registry, { ...base, ...more, sweep });
const names = ({ architectures, tasks }: Manifest) => [architectures, tasks].map((list) => list.map(({ id }) => id));
/** Specification of a trained cell, by the names of its row and column. */
function at({ cells }: Manifest, row: string, column: string) {
  const found = cells.filter(
    ({ row: own, column: other, specification: { architecture, task } }) =>
      (own ?? architecture.id) === row && (other ?? task.id) === column,
  );
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.specification;
}

it('makes a column of every value of a hyperparameter for every task that has it, beside the task', () => {
  const manifest = swept({ 'task.vocabulary': [32, 64] });
  const recall = ['in-context-recall', 'in-context-recall{vocabulary=32}', 'in-context-recall{vocabulary=64}'];
  expect(names(manifest)).toEqual([
    ['lstm', 'transformer', 'uniform'],
    ['parity', 'mqar', ...recall],
  ]);
  expect(at(manifest, 'lstm', recall[2]!)!.task).toEqual({
    id: 'in-context-recall',
    version: 1,
    hyperparameters: { vocabulary: 64, multiQuery: true },
  });
  expect(at(manifest, 'uniform', recall[1]!)!.task.hyperparameters).toMatchObject({ vocabulary: 32 });
});

it('makes a row of every value of a hyperparameter, measured on the columns as they are written', () => {
  const manifest = swept({ 'architecture.width': [32], 'mqar.keys': [16, 32] });
  expect(names(manifest)).toEqual([
    ['lstm', 'transformer', 'transformer{width=32}', 'uniform'],
    ['parity', 'mqar', 'mqar{keys=16}', 'mqar{keys=32}', 'in-context-recall'],
  ]);
  expect(at(manifest, 'transformer{width=32}', 'mqar')!.architecture.hyperparameters).toMatchObject({ width: 32 });
  expect(at(manifest, 'transformer', 'mqar{keys=16}')!.architecture.hyperparameters).toMatchObject({ width: 64 });
  // One thing at a time, not a product.
  expect(at(manifest, 'transformer{width=32}', 'mqar{keys=16}')).toBeUndefined();
  expect(manifest.cells).toHaveLength(3 * 5 + 1 * 3);
});

it('makes columns of every value of a setting of the protocol', () => {
  const manifest = swept(
    { 'protocol.trainingSequences': [100, 200], 'protocol.trainingLengths.maximum': [20] },
    { tasks: ['parity'], protocol: { trainingSequences: 400, steps: 7 } },
  );
  expect(names(manifest)[1]).toEqual([
    'parity',
    'parity{trainingSequences=100}',
    'parity{trainingSequences=200}',
    'parity{trainingLengths.maximum=20}',
  ]);
  const protocols = names(manifest)[1]!.map((column) => at(manifest, 'lstm', column)!.protocol);
  expect(protocols.map(({ trainingSequences }) => trainingSequences)).toEqual([400, 100, 200, 400]);
  expect(protocols.map(({ trainingLengths }) => trainingLengths.maximum)).toEqual([40, 40, 40, 20]);
  expect(new Set(protocols.map(({ steps }) => steps))).toEqual(new Set([7]));
});

it('leaves out the value that is there already', () => {
  expect(names(swept({ 'task.vocabulary': [16, 32], 'lstm.hiddenSize': [64] }))).toEqual([
    ['lstm', 'transformer', 'uniform'],
    ['parity', 'mqar', 'in-context-recall', 'in-context-recall{vocabulary=32}'],
  ]);
  const finite = { 'protocol.trainingSequences': [null, 100] };
  expect(names(swept(finite, { tasks: ['parity'] }))[1]).toEqual(['parity', 'parity{trainingSequences=100}']);
  const endless = swept(finite, { tasks: ['parity'], protocol: { trainingSequences: 100 } });
  expect(names(endless)[1]).toEqual(['parity', 'parity{trainingSequences=null}']);
  expect(at(endless, 'lstm', 'parity{trainingSequences=null}')!.protocol).not.toHaveProperty('trainingSequences');
});

it('keeps labels, other hyperparameters, and what rows, columns and overrides say of the protocol', () => {
  const manifest = swept(
    { 'task.values': [8], 'protocol.steps': [9] },
    {
      architectures: [
        { id: 'lstm', label: 'small', hyperparameters: { hiddenSize: 8 }, tasks: ['few', 'parity'] },
        'gru',
      ],
      tasks: [{ id: 'mqar', label: 'few', hyperparameters: { keys: 4 }, protocol: { batchSize: 3 } }, 'parity'],
      overrides: [{ only: 'small x few', protocol: { steps: 5, optimiser: { learningRate: 0.5 } } }],
    },
  );
  expect(names(manifest)[1]).toEqual(['parity', 'parity{steps=9}', 'few', 'few{values=8}', 'few{steps=9}']);
  const changed = at(manifest, 'small', 'few{values=8}')!;
  expect(changed.task.hyperparameters).toEqual({ keys: 4, values: 8 });
  expect(changed.architecture.hyperparameters).toMatchObject({ hiddenSize: 8 });
  expect(changed.protocol).toMatchObject({ batchSize: 3, steps: 5, optimiser: { learningRate: 0.5 } });
  expect(at(manifest, 'small', 'few{steps=9}')!.protocol).toMatchObject({
    ...{ batchSize: 3, steps: 9, optimiser: { learningRate: 0.5 } },
  });
  expect(at(manifest, 'gru', 'few{values=8}')!.protocol.steps).toBe(1000);
});

it('finds units whose names have dots', () => {
  const sweep = { 'regex:a.b.expression': ['ab*', '(a|b)*a'] };
  expect(names(swept(sweep, { tasks: ['regex:a.b'] }))[1]).toEqual([
    'regex:a.b',
    'regex:a.b{expression=ab*}',
    'regex:a.b{expression=(a|b)*a}',
  ]);
});

it('gives cells of an experiment without it the keys they had', () => {
  const keys = ({ cells }: Manifest) => cells.map(({ key }) => key);
  const plain = expand(registry, base);
  expect(keys(swept({ 'task.vocabulary': [32] }))).toEqual(expect.arrayContaining(keys(plain)));
  expect(keys(swept({}))).toEqual(keys(plain));
  expect(keys(expand(registry, { ...base, protocol: { trainingSequences: null } }))).toEqual(keys(plain));
});

it('has nothing published of rows that are not as they were published', () => {
  const { architectures } = swept({ 'lstm.hiddenSize': [8] });
  const claims = (id: string) => architectures.find((row) => row.id === id)!.claims.length;
  expect(claims('lstm')).toBeGreaterThan(0);
  expect(claims('lstm{hiddenSize=8}')).toBe(0);
});

const refused: [string, unknown, RegExp][] = [
  ['a key that nobody has', { 'task.vocabularly': [32] }, /"task.vocabularly" is no setting .*\n.*task\.vocabulary/s],
  ['a kind that is none', { 'tasks.vocabulary': [32] }, /"tasks.vocabulary" is no setting .*\n.*task\.vocabulary/s],
  ['a unit that is not there', { 'gru.hiddenSize': [32] }, /"gru.hiddenSize" is no setting/],
  ['a misspelt protocol', { 'protocl.steps': [9] }, /"protocl.steps" is no setting .*protocol\.steps/s],
  ['a path of one part', { vocabulary: [32] }, /"vocabulary" is no setting/],
  [
    'a setting of the protocol that is none',
    { 'protocol.trainingSequence': [9] },
    /sweep.protocol.trainingSequence is not a key here.*trainingSequences/s,
  ],
  [
    'a part of the protocol as a whole',
    { 'protocol.optimiser': [1] },
    /sweep.protocol.optimiser is 1: must be an object/,
  ],
  [
    'a value out of range',
    { 'task.vocabulary': [32, 2] },
    /sweep, in-context-recall.vocabulary is 2: must not be less than 4/,
  ],
  ['a value of another type', { 'architecture.width': ['wide'] }, /sweep, transformer.width is "wide"/],
  [
    'a setting of the protocol out of range',
    { 'protocol.trainingSequences': [0] },
    /sweep.protocol.trainingSequences is 0: must be a whole number from 1 to 1000000/,
  ],
  ['a value twice', { 'task.vocabulary': [32, 32] }, /sweep is .*must have lists of different numbers/],
  ['no value', { 'task.vocabulary': [] }, /must have lists of different numbers/],
  ['a value alone', { 'task.vocabulary': 32 }, /must have lists of different numbers/],
  ['an object as a value', { 'protocol.optimiser': [{ learningRate: 1 }] }, /must have lists of different numbers/],
  ['a list', [['task.vocabulary', [32]]], /sweep is/],
];
it.each(refused)('refuses %s', (_, sweep, message) => {
  expect(() => swept(sweep)).toThrow(message);
  expect(() => swept(sweep)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
});

it('refuses what a budget solves for, and changes the rest', () => {
  const match = { parameters: 16_000 };
  expect(() => swept({ 'lstm.hiddenSize': [32] }, { match })).toThrow(
    'my.json: sweep: "lstm.hiddenSize" is what "match" solves for in the row lstm',
  );
  const manifest = swept({ 'lstm.layers': [2] }, { match });
  expect(at(manifest, 'lstm{layers=2}', 'parity')!.architecture.hyperparameters).toMatchObject({ layers: 2 });
});
