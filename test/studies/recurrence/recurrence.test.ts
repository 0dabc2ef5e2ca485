import { cellLabel, columnOf, rowOf } from '../../../src/core/cell';
import { validated } from '../../../src/core/validation';
import type { ExpandContext } from '../../../src/core/contracts/study';
import { RecurrenceExperiment } from '../../../src/studies/recurrence/experiment';
import { Recurrence } from '../../../src/studies/recurrence/recurrence';
import type { Findings } from '../../../src/studies/findings/findings';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';
import { builtIn, expand } from '../../support/experiment';

const registry = builtIn();
const context: ExpandContext = { file: 'my.json', engine: 'onnx', plugins: [] };
const small = { layers: 1, width: 8, heads: 2 };
const experiment = (plain: Record<string, unknown>) =>
  validated(
    RecurrenceExperiment,
    RecurrenceExperiment.writtenOut({
      name: 'my',
      study: 'recurrence',
      architectures: [{ id: 'transformer', hyperparameters: small }],
      tasks: ['s3'],
      baselines: ['uniform'],
      ...plain,
    }),
    { place: 'my.json' },
  );
const manifestOf = (plain: Record<string, unknown>, given: Partial<ExpandContext> = {}) =>
  new Recurrence(registry).expand(experiment(plain), { ...context, ...given });
const trained = (plain: Record<string, unknown>, given?: Partial<ExpandContext>) =>
  manifestOf(plain, given).cells.filter(({ specification }) => specification.mode !== 'baseline');

it('has the cells of the matrix, key by key, so records are shared', () => {
  const asMatrix = expand(registry, {
    architectures: ['transformer', 'cot-transformer', 'filler-transformer'].map((id) => ({
      id,
      hyperparameters: small,
    })),
    tasks: ['s3'],
    baselines: ['uniform'],
    seeds: 2,
  });
  const keys = (cells: readonly { readonly key: string }[]) => cells.map(({ key }) => key).sort();
  expect(keys(manifestOf({ seeds: 2 }).cells)).toEqual(keys(asMatrix.cells));
  expect(asMatrix.cells).toHaveLength(7);
});

it('trains every row in three modes, or in those that it is asked for', () => {
  const architectures = ['transformer', { id: 'lstm', label: 'small', modes: ['direct', 'filler'] }];
  const { recurrence, architectures: rows } = manifestOf({ architectures });
  expect(recurrence!.rows.map(({ row, base, mode }) => ({ row, base, mode }))).toEqual([
    { row: 'transformer', base: 'transformer', mode: 'direct' },
    { row: 'small', base: 'small', mode: 'direct' },
    { row: 'cot-transformer', base: 'transformer', mode: 'chain-of-thought' },
    { row: 'filler-transformer', base: 'transformer', mode: 'filler' },
    { row: 'filler-small', base: 'small', mode: 'filler' },
  ]);
  expect(rows.filter(({ kind }) => kind === 'architecture').map(({ id }) => id)).toEqual(
    recurrence!.rows.map(({ row }) => row),
  );
});

it('tells how deep each row is', () => {
  const { recurrence } = manifestOf({
    architectures: [
      { id: 'transformer', hyperparameters: small },
      { id: 'lstm', modes: ['direct'] },
    ],
  });
  const told = recurrence!.rows.map(({ row, depth, recurrenceComplete }) => [row, depth, recurrenceComplete]);
  expect(told).toEqual([
    ['transformer', expect.stringMatching(/^\d+ at any length$/), 'no'],
    ['lstm', expect.stringMatching(/^2 per token/), 'per token'],
    ['cot-transformer', expect.stringMatching(/^\d+ at any length, and \d+ more per token written$/), 'no'],
    ['filler-transformer', expect.stringMatching(/^\d+ at any length$/), 'no'],
  ]);
});

it('makes a column of every length that one is trained to', () => {
  const manifest = manifestOf({
    tasks: [
      { id: 'parity', to: [8, 20] },
      { id: 's3', protocol: { steps: 7, trainingLengths: { maximum: 12 } } },
    ],
    protocol: { trainingLengths: { minimum: 2, maximum: 20 } },
  });
  expect(manifest.recurrence!.columns).toEqual([
    { column: 'parity-to-8', base: 'parity', task: 'parity', trainedTo: 8 },
    { column: 's3', base: 's3', task: 's3', trainedTo: 12 },
    { column: 'parity', base: 'parity', task: 'parity', trainedTo: 20 },
  ]);
  const protocolOf = (column: string) =>
    manifest.cells.find((cell) => columnOf(cell) === column && rowOf(cell) === 'transformer')!.specification.protocol;
  expect(protocolOf('parity-to-8')).toMatchObject({ steps: 1000, trainingLengths: { minimum: 2, maximum: 8 } });
  expect(protocolOf('s3')).toMatchObject({ steps: 7, trainingLengths: { minimum: 2, maximum: 12 } });
});

it('has more seeds of some columns, fewer of some rows, and those that it is asked for', () => {
  const plain = {
    architectures: ['transformer', { id: 'lstm', modes: ['direct'], seeds: [3] }],
    tasks: ['s3', { id: 'parity', seeds: 2 }],
  };
  const labels = trained(plain).map(cellLabel).sort();
  expect(labels).toEqual(
    [
      'lstm x parity, seed 3',
      'lstm x s3, seed 3',
      ...['', 'cot-', 'filler-'].flatMap((mode) => [
        `${mode}transformer x parity, seed 1`,
        `${mode}transformer x parity, seed 2`,
        `${mode}transformer x s3, seed 1`,
      ]),
    ].sort(),
  );
  const seeds = trained(plain, { seeds: [4, 5] }).map(({ specification }) => specification.seed);
  expect(new Set(seeds)).toEqual(new Set([4, 5]));
  expect(seeds).toHaveLength(16);
});

it('understands patterns, of rows those that answer directly', () => {
  const { recurrence } = manifestOf({ architectures: ['*rwkv'], tasks: ['tomita-*'] });
  expect(recurrence!.rows.map(({ row }) => row)).toEqual(['rwkv', 'cot-rwkv', 'filler-rwkv']);
  expect(recurrence!.columns).toHaveLength(7);
});

it('refuses rows that do not answer directly, and says where', () => {
  expect(() => manifestOf({ architectures: ['transformer', 'cot-transformer'] })).toThrow(
    /architectures\[1\] is "cot-transformer": must be a row that answers directly/,
  );
  expect(() => manifestOf({ architectures: ['transformr'] })).toThrow(/transformr/);
  expect(() => experiment({ architectures: [{ id: 'lstm', modes: ['backwards'] }] })).toThrow(/modes/);
});

it('leaves out modes of which a column has no trace', () => {
  const { inapplicable, recurrence } = manifestOf({ tasks: ['s3', 'mqar'] });
  expect(inapplicable.map(({ architecture, task }) => `${architecture} x ${task}`)).toEqual([
    'cot-transformer x mqar',
    'filler-transformer x mqar',
  ]);
  expect(recurrence!.cells).toHaveLength(3 + 1);
});

describe('zoo run', () => {
  const folder = workingFolder();
  const run = (file: string) =>
    zoo(['run', file, '--workers', '0', '--out', 'both', '--json'], { workingFolder: folder.path });

  it('goes on from what a matrix has measured, and ends with what was found', async () => {
    const tiny = { ...tinyExperiment, baselines: ['uniform'] };
    folder.write('matrix.json', tiny);
    folder.write('study.json', {
      ...tiny,
      study: 'recurrence',
      architectures: tiny.architectures.map((row) => ({ ...row, modes: ['direct'] })),
      tasks: [{ id: 'parity', to: [3, 2] }],
    });
    expect((await run('matrix.json')).exitCode).toBe(0);
    const first = await run('study.json');
    expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('2 of 4 cells are there') });
    const { tables } = first.json<Findings>();
    expect(tables[0]!.rows.map(([row, column, trainedTo]) => [row, column, trainedTo])).toEqual([
      ['lstm', 'parity', '3'],
      ['lstm', 'parity', '2'],
    ]);
    const text = await zoo(['view', 'both'], { workingFolder: folder.path });
    expect(text.stdout).toMatch(/Recurrence and chain of thought: tiny/);
    expect((await run('study.json')).stderr).toContain('nothing to run');
  });
});
