import { architecture, task } from '../../../registry/units';
import type { Task } from '../../../src/core/contracts/task';
import { cellKey } from '../../../src/core/cell';
import type { GridExperiment } from '../../../src/studies/experiment';
import { builtIn, expand, experimentOf } from '../../support/experiment';

const registry = builtIn();
const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };

@task({
  id: 'traceless',
  version: 1,
  title: 'Traceless',
  summary: 'Anything; a.',
  level: 'regular',
  circuitClass: { name: 'AC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
})
class Traceless implements Task {
  readonly alphabets = { input: ['a'], output: ['a'] };
  sample = (): number[] => [0];
  solve = (): number[] => [0];
  answerLength = (): number => 1;
}
registry.register([Traceless], { origin: 'test' });

it('crosses rows, columns and seeds; baselines have one seed and no engine', () => {
  const manifest = expand(registry, {
    architectures: ['lstm', 'rwkv'],
    tasks: ['reversal', 'parity'],
    seeds: 2,
  });
  expect(manifest.cells.filter(({ specification }) => specification.mode === 'direct')).toHaveLength(2 * 2 * 2);
  const baselines = manifest.cells.filter(({ specification }) => specification.mode === 'baseline');
  expect(baselines).toHaveLength(registry.baselines().length * 2);
  expect(new Set(baselines.map(({ specification }) => `${specification.engine} ${specification.seed}`))).toEqual(
    new Set(['none 1']),
  );
  expect(new Set(manifest.cells.map(({ key }) => key)).size).toBe(manifest.cells.length);
});

it('gives computation steps to direct rows alone: the key of another row does not depend on them', () => {
  const keys = (computationSteps: number) => {
    const rows = ['lstm', 'cot-lstm', 'stack-rnn'];
    const { cells } = expand(registry, { architectures: rows, tasks: ['parity'], protocol: { computationSteps } });
    return new Map(cells.map(({ key, specification }) => [specification.architecture.id, key]));
  };
  const [none, some] = [keys(0), keys(1)];
  const moved = [...none].flatMap(([row, key]) => (some.get(row) === key ? [] : row));
  expect(moved).toEqual(['lstm', 'stack-rnn']);
});

it('matches a row to a budget with the alphabet that it is trained with', () => {
  const amount = (computationSteps: number) => {
    const rnn = { id: 'rnn', hyperparameters: { embeddingWidth: 512 } };
    const match = { parameters: 20_000 };
    const plain = { architectures: [rnn], tasks: ['parity'], match, protocol: { computationSteps } };
    const { architecture } = expand(registry, plain).cells[0]!.specification;
    return (architecture.hyperparameters as { hiddenSize: number }).hiddenSize;
  };
  // One token more takes a row of the embedding and a column of the read-out.
  expect(amount(1)).toBeLessThan(amount(0));
});

it('orders columns by level of the hierarchy, weakest first', () => {
  const { tasks } = expand(registry, {
    architectures: ['lstm'],
    tasks: ['multiplication', 'reversal', 'parity'],
  });
  expect(tasks.map(({ id }) => id)).toEqual(['parity', 'reversal', 'multiplication']);
});

it('writes every hyperparameter and the whole protocol into a specification', () => {
  const plain = {
    architectures: [{ id: 'lstm', hyperparameters: { hiddenSize: 8 } }],
    tasks: ['parity'],
    protocol: { steps: 5 },
  };
  const { specification, key } = expand(registry, plain).cells[0]!;
  expect(specification.architecture.hyperparameters).toMatchObject({ hiddenSize: 8, layers: 1 });
  expect(specification.protocol).toMatchObject({
    steps: 5,
    optimiser: { beta1: 0.9 },
    evaluation: { nearFactor: 2.5 },
  });
  expect(specification).toEqual(JSON.parse(JSON.stringify(specification)));
  expect(key).toBe(cellKey(specification));
});

it('lays protocols of rows, columns and overrides over that of the experiment, in this order', () => {
  const { cells } = expand(registry, {
    architectures: [{ id: 'lstm', protocol: { steps: 2, batchSize: 2 } }, 'rwkv'],
    tasks: [{ id: 'parity', protocol: { batchSize: 3, optimiser: { learningRate: 0.5 } } }],
    protocol: { steps: 1, optimiser: { beta1: 0.5 } },
    overrides: [{ only: 'rwkv x parity', protocol: { steps: 7 } }],
  });
  const of = (id: string) =>
    cells.find(({ specification }) => specification.architecture.id === id)!.specification.protocol;
  expect(of('lstm')).toMatchObject({ steps: 2, batchSize: 3, optimiser: { learningRate: 0.5, beta1: 0.5 } });
  expect(of('rwkv')).toMatchObject({ steps: 7, batchSize: 3 });
});

it('measures the cells of an override with its seeds, the last one that says some, unless all are asked for with others', () => {
  const experiment = {
    architectures: [{ id: 'lstm', seeds: 2 }, 'gru'],
    tasks: ['parity', 'reversal'],
    baselines: ['uniform'],
    seeds: 3,
    overrides: [
      { only: 'x parity', seeds: 5 },
      { only: 'lstm x parity', seeds: [7, 8], protocol: { steps: 7 } },
      { only: 'lstm', protocol: { batchSize: 4 } },
    ],
  };
  const seedsOf = (of: object) =>
    expand(registry, experiment, of)
      .cells.filter(({ specification }) => specification.mode !== 'baseline')
      .map(({ specification: { architecture, task, seed } }) => `${architecture.id} ${task.id} ${seed}`);
  expect(seedsOf({})).toEqual([
    ...[7, 8].map((seed) => `lstm parity ${seed}`),
    ...[1, 2].map((seed) => `lstm reversal ${seed}`),
    ...[1, 2, 3, 4, 5].map((seed) => `gru parity ${seed}`),
    ...[1, 2, 3].map((seed) => `gru reversal ${seed}`),
  ]);
  expect(seedsOf({ seeds: [1] })).toHaveLength(4);
});

it('keys baselines by what they answer, not by how rows are trained', () => {
  const keys = (protocol: object) =>
    expand(registry, { architectures: ['lstm'], tasks: ['parity'], protocol })
      .cells.filter((cell) => cell.specification.mode === 'baseline')
      .map(({ key }) => key);
  expect(keys({ steps: 5, batchSize: 3 })).toEqual(keys({ steps: 6 }));
  expect(keys({ evaluation: { sequencesPerLength: 7 } })).not.toEqual(keys({}));
});

it('lists pairs that cannot be measured, with the reason', () => {
  const manifest = expand(registry, {
    architectures: ['lstm', 'cot-lstm', 'filler-lstm'],
    tasks: ['traceless'],
    baselines: [],
  });
  expect(manifest.cells.map(({ specification }) => specification.architecture.id)).toEqual(['lstm']);
  const reason = 'the task has no chain of thought';
  expect(manifest.inapplicable).toEqual(
    ['cot-lstm', 'filler-lstm'].map((architecture) => ({ architecture, task: 'traceless', reason })),
  );
});

it('tells two rows of one architecture apart by their labels', () => {
  const wide = { id: 'lstm', label: 'lstm-wide', hyperparameters: { hiddenSize: 256 } };
  const { architectures, cells } = expand(registry, {
    architectures: ['lstm', wide],
    tasks: ['parity'],
    baselines: [],
  });
  expect(architectures.map(({ id }) => id)).toEqual(['lstm', 'lstm-wide']);
  expect(cells.map(({ row }) => row)).toEqual([undefined, 'lstm-wide']);
  expect(() => expand(registry, { architectures: ['lstm', 'lstm'], tasks: ['parity'] })).toThrow(
    'my.json: architectures has "lstm" twice',
  );
});

it('measures a row only on the columns that it names', () => {
  const { cells, tasks } = expand(registry, {
    architectures: [{ id: 'lstm', tasks: ['parity', 'tomita-*'] }, 'rwkv'],
    tasks: ['parity', 'tomita-1', 'tomita-2', 'reversal'],
    baselines: ['uniform'],
  });
  const columnsOf = (row: string) =>
    cells.flatMap(({ specification: { architecture, task } }) => (architecture.id === row ? task.id : []));
  const all = tasks.map(({ id }) => id);
  expect(columnsOf('lstm')).toEqual(['parity', 'tomita-1', 'tomita-2']);
  expect(columnsOf('rwkv')).toEqual(all);
  expect(columnsOf('uniform')).toEqual(all);
});

describe('carries the claims of a row with their sources:', () => {
  const claimsOf = (id: string) =>
    expand(registry, { architectures: [id], tasks: ['parity'] }).architectures[0]!.claims;

  it('what the literature says of it', () => {
    expect(claimsOf('deltanet')).toEqual([
      {
        task: 'parity',
        overSeeds: 'maximum',
        runs: 3,
        range: 'near',
        atMost: 0.6,
        shortest: 40,
        source: 'Grazzi et al. 2025, table 3: 0.017 at lengths 40-256 (scaled accuracy, best of 3 seeds)',
      },
    ]);
    expect(claimsOf('cot-transformer')).toEqual([]);
  });

  it('what a plugin says of it', () => {
    const lstm = registry.resolve('architecture', 'lstm', 'a test');
    const claim = { task: 'parity', range: 'far', atLeast: 0.9 } as const;
    const claims = [{ ...claim, reference: { ...reference, place: 'page 1' } }];
    class Copied extends lstm.unitClass {}
    registry.register([architecture({ ...lstm.meta, id: 'test/copied', claims })(Copied)], { origin: 'test' });
    expect(claimsOf('test/copied')).toEqual([{ ...claim, source: 'Nobody, page 1' }]);
  });
});

it.each<[Record<string, unknown>, string]>([
  [
    { architectures: ['lsmt'], tasks: ['parity'] },
    'There is no architecture called "lsmt" (my.json, architectures[0]).\nDid you mean lstm?',
  ],
  [
    { architectures: ['lstm'], tasks: ['parity', 'counitng'] },
    'There is no task called "counitng" (my.json, tasks[1]).\nDid you mean counting?',
  ],
  [
    { architectures: ['lstm'], tasks: ['parity'], baselines: ['oracel'] },
    'There is no baseline called "oracel" (my.json, baselines[0]).',
  ],
  [
    { architectures: [{ id: 'lstm', hyperparameters: { hiddenSise: 8 } }], tasks: ['parity'] },
    'my.json: architectures[0].hyperparameters.hiddenSise is not a key here',
  ],
  [
    { architectures: [{ id: 'lstm', hyperparameters: { hiddenSize: 0 } }], tasks: ['parity'] },
    'my.json: architectures[0].hyperparameters.hiddenSize is 0: must not be less than 1',
  ],
  [
    { architectures: ['lstm'], tasks: [{ id: 'parity', protocol: { step: 1 } }] },
    'my.json: tasks[0].protocol.step is not a key here',
  ],
  [
    { architectures: ['lstm'], tasks: ['parity'], overrides: [{ only: '*', protocol: { steps: 0 } }] },
    'my.json: overrides[0].protocol.steps is 0',
  ],
  [
    { architectures: [{ id: 'lstm', tasks: ['partiy'] }], tasks: ['parity'] },
    'my.json: the row lstm is to be measured on "partiy", which is no column of the experiment\nDid you mean parity?',
  ],
])('%j is refused with its place', (plain, message) => {
  expect(() => expand(registry, plain)).toThrow(message);
});

it.each<[Record<string, unknown>, string]>([
  [{ architectures: [], tasks: ['parity'] }, 'architectures is []: must contain at least 1 elements'],
  [{ architectures: 'lstm', tasks: ['parity'] }, 'architectures is "lstm"'],
  [{ tasks: ['parity'] }, 'architectures is undefined'],
  [{ architectures: ['lstm'], tasks: [{ hyperparameters: {} }] }, 'tasks[0].id is undefined'],
  [{ architectures: ['lstm'], tasks: ['parity'], seeds: 0 }, 'seeds is 0'],
  [{ architectures: ['lstm'], tasks: ['parity'], seeds: [1, 1] }, 'seeds is [1,1]'],
  [{ architectures: ['lstm'], tasks: ['parity'], sedes: 2 }, 'sedes is not a key here'],
  [
    { architectures: ['lstm'], tasks: ['parity'], protocol: { optimiser: { beta1: 2 } } },
    'protocol.optimiser.beta1 is 2: must not be greater than 1',
  ],
  [{ architectures: ['lstm'], tasks: ['parity'], name: '../up' }, 'name is "../up"'],
])('%j is no experiment', (plain, message) => {
  expect((): GridExperiment => experimentOf(plain)).toThrow(message);
});

describe('* in the id of a row or a column', () => {
  const ids = (units: readonly { readonly id: string }[]) => units.map(({ id }) => id);

  it('stands for every unit of the kind', () => {
    const manifest = expand(registry, { architectures: ['*'], tasks: ['*'], baselines: [] });
    expect(ids(manifest.architectures)).toEqual(ids(registry.architectures()));
    expect(ids(manifest.tasks).sort()).toEqual(ids(registry.tasks()).sort());
  });

  it('stands for part of a name', () => {
    const { tasks } = expand(registry, { architectures: ['lstm'], tasks: ['tomita-*', 'parity'] });
    expect(ids(tasks)).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `tomita-${number}`).concat('parity'));
  });

  it('leaves a unit with an entry of its own as it is written there', () => {
    const own = { id: 'lstm', hyperparameters: { hiddenSize: 8 } };
    const manifest = expand(registry, { architectures: ['*', own], tasks: ['parity'], baselines: [] });
    expect(manifest.architectures).toHaveLength(registry.architectures().length);
    const lstm = manifest.cells.find(({ specification }) => specification.architecture.id === 'lstm')!;
    expect(lstm.specification.architecture.hyperparameters).toMatchObject({ hiddenSize: 8 });
  });

  it('carries protocol and hyperparameters to all of them', () => {
    const few = { id: 'tomita-*', protocol: { steps: 3 } };
    const { cells } = expand(registry, { architectures: ['lstm'], tasks: [few], baselines: [] });
    expect(new Set(cells.map(({ specification }) => specification.protocol.steps))).toEqual(new Set([3]));
  });

  it('is an error where it stands for nothing', () => {
    expect(() => expand(registry, { architectures: ['lstm'], tasks: ['tmita-*'] })).toThrow(
      'There is no task called "tmita-*" (my.json, tasks[0])',
    );
  });

  it('is no pattern within the text of a task', () => {
    const { tasks } = expand(registry, { architectures: ['lstm'], tasks: ['regex:(ab)*'] });
    expect(ids(tasks)).toEqual(['regex:(ab)*']);
  });
});

describe('labels of a training', () => {
  const keys = (labels: unknown) =>
    expand(registry, { architectures: ['lstm', 'cot-lstm'], tasks: ['parity'], protocol: { labels } })
      .cells.filter(({ specification }) => specification.mode !== 'baseline')
      .map(({ key }) => key);

  it('final ones are what an absent setting means', () => {
    expect(keys('final')).toEqual(keys(undefined));
    expect(keys('aligned')).not.toEqual(keys(undefined));
  });

  it('a column without labels for prefixes says so; baselines need none', () => {
    const { cells, inapplicable } = expand(registry, {
      architectures: ['lstm'],
      tasks: ['reversal'],
      protocol: { labels: 'aligned' },
    });
    expect(inapplicable).toEqual([
      { architecture: 'lstm', task: 'reversal', reason: 'the task has no label for every prefix' },
    ]);
    expect(cells.every(({ specification }) => specification.mode === 'baseline')).toBe(true);
  });

  it('others are refused', () => {
    expect(() => keys('prefix')).toThrow('labels');
  });
});
