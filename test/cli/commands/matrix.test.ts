import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workingFolder, zoo } from '../../support/cli';
import type { GivenPrediction } from '../../support/records';
import { writeResults } from '../../support/stored-records';

const folder = workingFolder();
const matrix = (...options: string[]) => zoo(['matrix', ...options], { workingFolder: folder.path });

beforeEach(async () => {
  await writeResults(
    join(folder.path, 'runs', 'test'),
    { architectures: ['lstm'], baselines: ['uniform'], tasks: [['parity', 'regular']], seeds: [1, 2, 3] },
    [
      { seed: 1, inRange: 1, near: 1, far: 0.4 },
      { seed: 2, inRange: 1, near: 0.9, far: 0.6 },
      { seed: 3, inRange: 1, near: 0.8, far: 0.5 },
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
});

const recordOf = (architecture: string) => {
  const place = join(folder.path, 'runs', 'test', 'records', architecture, 'parity');
  return join(place, readdirSync(place)[0]!);
};

it('aggregates records over seeds, in the shape that scripts rely on', async () => {
  const { exitCode, json } = await matrix('test', '--json');
  expect(exitCode).toBe(0);
  const { cells } = json<{ cells: Record<string, unknown>[] }>();
  expect(cells[0]).toMatchObject({
    architecture: 'lstm',
    task: 'parity',
    seeds: 3,
    verdict: 'learnt in range',
    baseline: 0.5,
    inRange: { exact: 1, token: 1 },
    near: { exact: 0.9, token: 0.9 },
    far: { exact: 0.5, token: 0.5, perSeed: [{ exact: 0.4 }, { exact: 0.6 }, { exact: 0.5 }] },
  });
});

it('takes a folder, a name or the file of an experiment', async () => {
  const byName = (await matrix('test', '--json')).stdout;
  expect((await matrix('runs/test', '--json')).stdout).toBe(byName);
  expect((await matrix('experiments/test.json', '--json')).stdout).toBe(byName);
});

it('shows the rows and columns that are asked for, with the baselines', async () => {
  const shown = async (...options: string[]) =>
    (await matrix('test', '--json', ...options))
      .json<{ cells: { architecture: string }[] }>()
      .cells.map(({ architecture }) => architecture);
  expect(await shown('--rows', 'lst*', '--columns', 'level:regular')).toEqual(['lstm', 'uniform']);
  expect(await shown('--rows', 'family:lstm')).toEqual(['lstm', 'uniform']);
  const { exitCode, stderr } = await matrix('test', '--columns', 'parity,countign');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('There is no task called "countign" (these results do not have it).') as string,
  });
  expect((await matrix('test', '--columns', 'level:counter')).exitCode).toBe(2);
});

describe('parts and orders', () => {
  beforeEach(() =>
    writeResults(
      join(folder.path, 'runs', 'test'),
      {
        architectures: ['gru', 'lstm'],
        baselines: ['uniform'],
        tasks: [
          ['parity', 'regular'],
          ['dyck-1', 'counter'],
        ],
      },
      [
        { architecture: 'gru', inRange: 0.9, near: 0.5, far: 0.5 },
        { architecture: 'lstm', inRange: 1, near: 1, far: 1 },
        { architecture: 'lstm', task: 'dyck-1', inRange: 1, near: 1, far: 1 },
        ...['parity', 'dyck-1'].map((task) => ({
          architecture: 'uniform',
          task,
          baseline: true,
          inRange: 0.5,
          near: 0.5,
          far: 0.5,
        })),
      ],
    ),
  );
  const pairs = async (...options: string[]) =>
    (await matrix('test', '--json', ...options))
      .json<{ cells: { architecture: string; task: string }[] }>()
      .cells.map(({ architecture, task }) => `${architecture} x ${task}`);

  it('shows only the cells that are asked for, with the baselines of their columns', async () => {
    expect(await pairs('--only', 'gru x parity, lstm x dyck-*')).toEqual([
      'gru x parity',
      'lstm x dyck-1',
      'uniform x parity',
      'uniform x dyck-1',
    ]);
    expect(await pairs('--only', 'x level:counter')).toEqual(['lstm x dyck-1', 'uniform x dyck-1']);
    expect(await pairs('--only', 'lstm', '--level', 'regular')).toEqual(['lstm x parity', 'uniform x parity']);
    expect((await matrix('test', '--only', 'lsmt x parity')).stderr).toContain('lstm');
    expect((await matrix('test', '--level', 'regulr')).stderr).toContain('regular');
  });

  it('sorts rows and groups columns', async () => {
    const { stdout } = await matrix('test', '--sort', 'capability', '--group', 'task', '--title', 'Mine');
    expect(stdout.indexOf('lstm')).toBeLessThan(stdout.indexOf('gru'));
    expect(stdout).toContain('all tasks');
    expect(stdout.indexOf('dyck-1')).toBeLessThan(stdout.indexOf('parity'));
    expect(stdout).toContain('Mine: exact match');
    expect(await matrix('test', '--sort', 'parityy')).toMatchObject({ exitCode: 2 });
  });

  it('shows skill above guessing, and is as wide as is asked for', async () => {
    expect((await matrix('test', '--score', 'scaled')).stdout).toMatch(/^gru +\. +80 +0 +0/m);
    const { stdout } = await matrix('test', '--width', '30');
    const rows = stdout.split('\n').filter((line) => /^(gru|lstm) /.test(line));
    expect(rows).toHaveLength(4);
    expect(Math.max(...rows.map(({ length }) => length))).toBeLessThanOrEqual(30);
  });
});

it('draws text, coloured on a terminal, and a picture', async () => {
  expect((await matrix('test')).stdout).toMatch(/lstm +o\?100 +90 +50/);
  expect(
    (
      await zoo(['matrix', 'test'], {
        workingFolder: folder.path,
        terminal: true,
        environment: { FORCE_COLOR: '3' },
      })
    ).stdout,
  ).toContain('\x1b[');
  const { stdout } = await matrix('test', '--format', 'svg');
  expect(stdout).toMatch(/^<svg [^]*<\/svg>\n$/);
});

it.each([
  ['markdown', /^\| lstm \| ◔\? 100 · [ \u2007]?90 · [ \u2007]?50 \|$/m],
  ['csv', /\r\nlstm,architecture,parity,regular,parity,learnt in range,[^]*\r\n$/],
  ['latex', /^lstm & \$\\odot\$\? 100 /m],
])('writes %s', async (format, pattern) => expect((await matrix('test', '--format', format)).stdout).toMatch(pattern));

it('shows what lacks, and stays a success', async () => {
  rmSync(recordOf('uniform'));
  const { exitCode, json } = await matrix('test', '--json');
  expect(json<{ absent: unknown[] }>().absent).toEqual([
    expect.objectContaining({ architecture: 'uniform', status: 'missing' }),
  ]);
  expect(exitCode).toBe(0);
});

it('leaves a damaged record out, says so, and fails', async () => {
  writeFileSync(recordOf('uniform'), 'nonsense');
  const { exitCode, json, stderr } = await matrix('test', '--json');
  expect(json<{ cells: unknown[]; absent: unknown[] }>().absent).toEqual([
    expect.objectContaining({ architecture: 'uniform', status: 'corrupt' }),
  ]);
  expect(json<{ cells: unknown[] }>().cells).toHaveLength(1);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'corrupt-records' } });
  expect(exitCode).toBe(1);
});

it.each<[string, string]>([
  ['absent', 'There are no results in'],
  ['runs', 'runs: it has no manifest.json'],
])('says that %s holds no results', async (name, message) => {
  const { exitCode, stderr } = await matrix(name);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});

it('says that a manifest is damaged', async () => {
  writeFileSync(join(folder.path, 'runs', 'test', 'manifest.json'), '{}');
  const { exitCode, stderr } = await matrix('test');
  expect(stderr).toContain('error corrupt-manifest');
  expect(exitCode).toBe(1);
});

describe('--theory', () => {
  const predicted = (predictions: GivenPrediction[] | undefined) =>
    writeResults(
      join(folder.path, 'runs', 'test'),
      {
        architectures: ['lstm', 'gru'],
        baselines: ['uniform'],
        tasks: [['parity', 'regular']],
        seeds: [1, 2, 3],
        predictions,
      },
      [1, 2, 3].flatMap((seed) => [
        { architecture: 'gru', seed, inRange: 1, near: 1, far: 1 },
        { architecture: 'lstm', seed, inRange: 1, near: 0.5, far: 0.5 },
      ]),
    );
  const can = { task: 'parity', expressible: 'can', evidence: 'theorem' } as const;
  const rows = (text: string) => ['lstm', 'gru'].filter((row) => new RegExp(`^${row} `, 'm').test(text));

  it('shows only cells that test a prediction, or the others by what became of it', async () => {
    await predicted([
      { architecture: 'gru', ...can },
      { architecture: 'lstm', ...can },
    ]);
    expect(rows((await matrix('test')).stdout)).toEqual(['lstm', 'gru']);
    expect(rows((await matrix('test', '--theory', 'tested')).stdout)).toEqual(['gru']);
    expect(rows((await matrix('test', '--theory', 'gap')).stdout)).toEqual(['lstm']);
    expect((await matrix('test', '--theory', 'disagrees')).stderr).toContain('nothing-tested');
  });

  it('says so where a folder has no predictions, which it shows without marks', async () => {
    await predicted(undefined);
    const { exitCode, stderr } = await matrix('test', '--theory', 'tested');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('The manifest of test says nothing of theory.');
    const { stdout, exitCode: shown } = await matrix('test');
    expect([shown, rows(stdout)]).toEqual([0, ['lstm', 'gru']]);
    expect(stdout).not.toContain('theory');
  });

  it('is refused for results of a study that predicts nothing', async () => {
    const file = join(folder.path, 'runs', 'test', 'manifest.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), study: 'rounding', cells: [] }));
    const { exitCode, stderr } = await zoo(['view', 'test', '--theory', 'tested'], { workingFolder: folder.path });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('The study rounding predicts nothing')]);
  });

  it('refuses what it does not know', async () => {
    expect(await matrix('test', '--theory', 'proven')).toMatchObject({ exitCode: 2 });
  });
});
