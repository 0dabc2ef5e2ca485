import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../support/experiment';
import { workingFolder, zoo } from '../../support/cli';
import { hasCompiler } from '../../support/compiler';

const small = ['--batch', '2', '--tokens', '4', '--steps', '3'];
const folder = workingFolder();

interface Report {
  readonly tokens: number;
  readonly versions: Record<string, string>;
  readonly rows: readonly Record<string, unknown>[];
}

it('times the steps of named architectures with their settings', async () => {
  const { exitCode, json } = await zoo([
    'bench',
    'lstm',
    'gru',
    ...small,
    '--engine',
    'onnx',
    '--set',
    'lstm.hiddenSize=8',
    '--json',
  ]);
  const { tokens, rows } = json<Report>();
  expect(exitCode).toBe(0);
  expect(tokens).toBe(4);
  expect(rows).toMatchObject([
    { architecture: 'lstm', engine: 'onnx', hyperparameters: { hiddenSize: 8, layers: 1 }, stepsTimed: 3 },
    { architecture: 'gru', engine: 'onnx', hyperparameters: { hiddenSize: 64 }, stepsTimed: 3 },
  ]);
});

it('measures every engine that works here once, in processes of their own', async () => {
  const { rows, versions } = (await zoo(['bench', 'rnn', ...small, '--json'])).json<Report>();
  const implementations = rows.map(({ implementation }) => implementation);
  expect(rows.map(({ engine }) => engine)).toEqual(
    expect.arrayContaining([...(hasCompiler ? ['native'] : []), 'onnx', 'wasm', 'cpu']),
  );
  expect('C compiler' in versions).toBe(hasCompiler);
  expect(new Set(implementations).size).toBe(implementations.length);
});

it('writes figures only where it is told to', async () => {
  const { stdout } = await zoo(['bench', 'rnn', ...small, '--engine', 'onnx', '--out', 'figures/rnn.json'], {
    workingFolder: folder.path,
  });
  expect(stdout).toMatch(/^architecture +engine +ms\/step/);
  expect(JSON.parse(readFileSync(join(folder.path, 'figures', 'rnn.json'), 'utf8'))).toMatchObject({
    rows: [{ architecture: 'rnn' }],
  });
});

it('refuses what it cannot measure, before it measures anything', async () => {
  expect(await zoo(['bench', 'lsmt'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('lstm') });
  const protocol = await zoo(['bench', 'lstm', '--set', 'protocol.batchSize=3']);
  expect(protocol).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--batch') });
  folder.write('occupied', '');
  const blocked = await zoo(['bench', 'rnn', '--out', 'occupied/x.json'], { workingFolder: folder.path });
  expect(blocked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('occupied') });
});

it('times the sampling of every task', async () => {
  const { rows } = (await zoo(['bench', 'tasks', '--batch', '2', '--tokens', '10', '--json'])).json<Report>();
  expect(rows.map(({ task }) => task)).toEqual(
    builtIn()
      .tasks()
      .map(({ id }) => id),
  );
  expect(rows.every(({ millisecondsPerBatch }) => Number(millisecondsPerBatch) >= 0)).toBe(true);
});
