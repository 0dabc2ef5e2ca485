import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { builtCli, ensureBuilt } from '../support/built';
import { tinyExperiment, workingFolder } from '../support/cli';
import { until } from '../support/execution/counting';
import { writeResults } from '../support/stored-records';

beforeAll(ensureBuilt, 120_000);
const folder = workingFolder();

const zoo = (...commandLine: string[]) => spawnSync(builtCli, commandLine, { encoding: 'utf8', cwd: folder.path });

/** Packages and folders of the project whose modules a command line loads. */
function loadedBy(...commandLine: string[]): string[] {
  const script = `
    process.argv.splice(1, 0, 'main.js');
    require(${JSON.stringify(builtCli)});
    process.on('exit', () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));`;
  const { stderr } = spawnSync(process.execPath, ['-e', script, '--', ...commandLine], {
    encoding: 'utf8',
    cwd: folder.path,
  });
  const files = JSON.parse(stderr.split('\n').at(-1)!) as string[];
  const names = files.map(
    (file) =>
      /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules)/.exec(file)?.[1] ??
      /dist\/(src\/[^/]+|[^/]+)\//.exec(file)![1]!,
  );
  return [...new Set(names)];
}

it('is executable and has a shebang', () => {
  accessSync(builtCli, constants.X_OK);
  expect(readFileSync(builtCli, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

it('loads no unit, no tensor library and no part of the machine for help', () => {
  // Of src/report the one file that decides about colours.
  expect(loadedBy('--help').sort()).toEqual(['commander', 'picocolors', 'src/cli', 'src/core', 'src/report']);
});

it('loads no tensor library and no architecture to solve a task', () => {
  const loaded = loadedBy('solve', 'parity', '1 0 1');
  expect(loaded).toContain('tasks');
  expect(loaded.filter((name) => /tensorflow|onnx|architectures|src\/(engine|training)/.test(name))).toEqual([]);
});

it('reads results without any unit or tensor library', async () => {
  await writeResults(join(folder.path, 'runs', 'test'), {}, [{ inRange: 1, near: 1, far: 1 }]);
  const loaded = loadedBy('matrix', 'test');
  expect(loaded).toContain('src/report');
  expect(loaded.filter((name) => /tensorflow|onnx|architectures|tasks|src\/(engine|training)/.test(name))).toEqual([]);
});

it('exits with 0, 1 or 2, results on standard output and errors on standard error', () => {
  expect(zoo('solve', 'parity', '1', '--json')).toMatchObject({
    status: 0,
    stderr: '',
    stdout:
      '{"input":[1],"output":[1],"scored":1,"trace":[1,3],"symbols":{"input":["1"],"output":["odd"],"trace":["1","odd"]}}\n',
  });
  expect(zoo('solve', 'parity', '2')).toMatchObject({ status: 2, stdout: '' });
  folder.write('tiny.json', tinyExperiment);
  expect(zoo('run', 'tiny.json', '--out', 'tiny.json/runs')).toMatchObject({ status: 1, stdout: '' });
});

it('streams from standard input through a pipe that closes early', () => {
  const lines = `yes "1 0 1" | ${process.execPath} ${builtCli} solve parity - --json | head -n 3`;
  expect(execFileSync('sh', ['-c', lines], { encoding: 'utf8' }).trim().split('\n')).toHaveLength(3);
});

describe('zoo run', () => {
  const slow = {
    ...tinyExperiment,
    protocol: { ...tinyExperiment.protocol, steps: 1500, heldOut: { every: 50, sequences: 4, stopAt: null } },
  };
  const results = join('runs', 'tiny');
  /** Times are all that may differ. */
  const resultOf = (name: string) =>
    JSON.parse(
      zoo('matrix', name, '--json').stdout.replace(/"trainingSeconds":[\d.]+/g, '"trainingSeconds":0'),
    ) as Record<string, unknown>;

  it('goes on after kill -9, with the matrix of an undisturbed run', async () => {
    folder.write('tiny.json', slow);
    expect(zoo('run', 'tiny.json', '--out', 'undisturbed').status).toBe(0);

    const killed = spawn(builtCli, ['run', 'tiny.json', '--workers', '1'], {
      cwd: folder.path,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const claims = () => readdirSync(join(folder.path, results, 'claims'));
    await until(() => existsSync(join(folder.path, results, 'claims')) && claims().length > 0, 'a claim');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(join(folder.path, results, 'records', 'lstm'))).toBe(false);
    expect(claims()).toHaveLength(1);

    expect(zoo('run', 'tiny.json', '--workers', '2')).toMatchObject({ status: 0 });
    expect(resultOf('tiny')).toEqual(resultOf('undisturbed'));
    expect(claims()).toEqual([]);
  }, 60_000);

  /** Ends a run once its first cell has a checkpoint, and returns how it ended and what it said. */
  async function end(how: (run: ChildProcess) => void): Promise<{ status: number; told: string }> {
    folder.write('tiny.json', { ...slow, protocol: { ...slow.protocol, steps: 1_000_000 } });
    const run = spawn(builtCli, ['run', 'tiny.json', '--workers', '1', '--only', 'lstm'], {
      cwd: folder.path,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(run, 'exit');
    let told = '';
    run.stderr!.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (text.includes('another process has it')) run.kill('SIGINT');
    });
    const checkpoints = join(folder.path, results, 'checkpoints');
    const waiting = setInterval(() => {
      if (!existsSync(checkpoints) || readdirSync(checkpoints).length === 0) return;
      clearInterval(waiting);
      how(run);
    }, 100);
    return { status: (await ended)[0] as number, told };
  }

  function expectBegun(): void {
    expect(readdirSync(join(folder.path, results, 'checkpoints'))).toHaveLength(1);
    const plan = JSON.parse(zoo('plan', 'tiny.json', '--only', 'lstm', '--json').stdout) as {
      cells: { architecture: string; status: string }[];
    };
    expect(plan.cells.find(({ architecture }) => architecture === 'lstm')).toMatchObject({ status: 'begun' });
  }

  it('stops at SIGINT with exit code 130 and a checkpoint, from which it goes on', async () => {
    const { status, told } = await end((run) => run.kill('SIGINT'));
    expect(status).toBe(130);
    expect(told).toContain('the same command goes on from there');
    expectBegun();
  }, 60_000);

  it('leaves a cell that another process has taken to that one, and stops with exit code 130', async () => {
    const claims = join(folder.path, results, 'claims');
    const taken: string[] = [];
    const { status, told } = await end(() => {
      const [key] = readdirSync(claims);
      rmSync(join(claims, key!), { recursive: true });
      mkdirSync(join(claims, key!));
      writeFileSync(join(claims, key!, 'elsewhere.1.unknown.0.0'), '');
      taken.push(key!);
    });
    expect(told).toContain('another process has it');
    expect(status).toBe(130);
    expectBegun();
    expect(readdirSync(join(claims, taken[0]!))).toEqual(['elsewhere.1.unknown.0.0']);
  }, 60_000);
});
