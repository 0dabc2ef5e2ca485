import { discover } from '../../registry/discover';
import { builtIn, expand } from '../support/experiment';
import { ProbeChoices } from '../../src/studies/probe-choices';

const registry = discover(builtIn(), 'probes');
const grid = { architectures: ['transformer', 'lstm'], tasks: ['parity'], seeds: 1 };
const keysOf = (plain: Record<string, unknown>) => {
  const { cells } = expand(registry, { ...grid, ...plain });
  return new Map(cells.map(({ key, specification }) => [specification.architecture.id, { key, specification }]));
};

it('stand in the specification of rows that have something to read, with version and every hyperparameter', () => {
  const cells = keysOf({ probes: ['attention-entropy'] });
  expect(cells.get('transformer')!.specification.probes).toEqual([
    { id: 'attention-entropy', version: 1, hyperparameters: { rows: 'all' } },
  ]);
});

it('leave the keys of all other cells as they are, and move those of these by what is set of them', () => {
  const without = keysOf({});
  const [plain, scored] = [{}, { rows: 'scored' }].map((hyperparameters) =>
    keysOf({ probes: [{ id: 'attention-entropy', hyperparameters }] }),
  );
  for (const [row, { key, specification }] of without) {
    expect(specification).not.toHaveProperty('probes');
    if (row !== 'transformer') expect([row, plain!.get(row)]).toEqual([row, { key, specification }]);
  }
  const keys = [without, plain!, scored!].map((cells) => cells.get('transformer')!.key);
  expect(new Set(keys).size).toBe(3);
  expect(plain!.has('uniform')).toBe(true);
});

it('say which rows they do not look at, once for each reason', () => {
  const manifest = expand(registry, { ...grid, architectures: ['transformer', 'lstm', 'gru', 'cot-lstm'], seeds: 3 });
  const choices = new ProbeChoices(registry, [{ id: 'attention-entropy' }]);
  expect(choices.notes(manifest)).toEqual([
    'The probe attention-entropy does not look at lstm, gru, cot-lstm: it has no attention to look at.',
  ]);
  expect(new ProbeChoices(registry).notes(manifest)).toEqual([]);
});

it.each<[unknown[], RegExp]>([
  [['attention-entropie'], /probe .*attention-entropie[^]*attention-entropy/],
  [
    [{ id: 'attention-entropy', hyperparameters: { row: 'all' } }],
    /probes\[0\]\.hyperparameters\.row is not a key here/,
  ],
  [[{ id: 'attention-entropy', hyperparameters: { rows: 'some' } }], /probes\[0\]\.hyperparameters\.rows is "some"/],
  [['attention-entropy', 'attention-entropy'], /probes\[1\] is attention-entropy a second time/],
  [[], /probes is \[\]/],
])('%j is refused where it is written', (probes, message) => {
  expect(() => expand(registry, { ...grid, probes })).toThrow(message);
});
