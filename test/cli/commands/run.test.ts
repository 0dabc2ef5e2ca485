import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../../src/core/contracts/manifest';
import type { CellRecord } from '../../../src/core/contracts/record';
import { builtCli, ensureBuilt } from '../../support/built';
import { tinyExperiment, workingFolder, zoo } from '../../support/cli';
import { fastest, hasCompiler } from '../../support/compiler';

const folder = workingFolder();
interface MatrixJson {
  readonly cells: readonly {
    readonly architecture: string;
    readonly task: string;
    readonly seeds: number;
    readonly verdict: string;
    readonly inRange: { readonly exact: number };
  }[];
  readonly absent: readonly { readonly architecture: string; readonly status: string }[];
}

/** Runs in this process (`--workers 0`), with the real engine. */
const run = (...options: string[]) =>
  zoo(['run', 'tiny.json', '--workers', '0', ...options], { workingFolder: folder.path });
const recordFiles = () =>
  readdirSync(join(folder.path, 'runs', 'tiny', 'records'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort();

beforeEach(() => folder.write('tiny.json', tinyExperiment));

it('trains what is not there, prints the matrix, and trains nothing twice', async () => {
  const first = await run('--json', '--log', 'jsonl', '--log', 'tensorboard');
  expect(first.stderr).not.toContain('error');
  expect(first.exitCode).toBe(0);
  const { cells, absent } = first.json<MatrixJson>();
  expect(cells.map(({ architecture, task, seeds }) => [architecture, task, seeds])).toEqual([
    ['lstm', 'parity', 1],
    ['uniform', 'parity', 1],
    ['oracle', 'parity', 1],
  ]);
  expect(cells[2]).toMatchObject({ verdict: 'solves', inRange: { exact: 1 } });
  expect(absent).toEqual([]);
  const contents = () =>
    recordFiles().map((file) => readFileSync(join(folder.path, 'runs', 'tiny', 'records', file), 'utf8'));
  const before = contents();
  expect(before).toHaveLength(3);

  const again = await run('--json');
  expect(contents()).toEqual(before);
  expect(again.stderr).toContain('nothing to run');
  expect(again.json()).toEqual(first.json());
  expect((await zoo(['matrix', 'tiny', '--json'], { workingFolder: folder.path })).json()).toEqual(first.json());
  expect(readdirSync(join(folder.path, 'runs', 'tiny')).sort()).toEqual([
    'checkpoints',
    'claims',
    'logs',
    'manifest.json',
    'records',
  ]);

  const log = readFileSync(join(folder.path, 'runs', 'tiny', 'logs', 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const events = log.map((line) => JSON.parse(line) as { event: string; row?: string; look?: { step: number } });
  expect([events[0]!.event, events.at(-1)!.event]).toEqual(['run-started', 'run-ended']);
  const looks = events.flatMap(({ row, look }) => (row === 'lstm' && look ? look : []));
  const [record] = before.map((text) => JSON.parse(text) as CellRecord).filter(({ training }) => training !== null);
  expect(looks).toEqual(record!.training!.curve);
  expect(first.stderr).toContain(join('logs', 'tensorboard'));
});

it('refuses settings that an executor has not, and to leave work to one that ends with the command', async () => {
  const set = await run('--set-executor', 'partition=cpu');
  expect(set).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('there is nothing to set') });
  const detached = await run('--detach');
  expect(detached).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/go on by themselves: \S*shared-folder/),
  });
  expect(existsSync(join(folder.path, 'runs', 'tiny', 'manifest.json'))).toBe(false);
});

it('names the logs there are', async () => {
  const { stderr, exitCode } = await run('--log', 'tensorbord');
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/tensorbord[^]*Did you mean tensorboard/)]);
});

it('writes what theory predicts of its cells into the manifest, and marks them', async () => {
  const manifest = () =>
    JSON.parse(readFileSync(join(folder.path, 'runs', 'tiny', 'manifest.json'), 'utf8')) as Manifest;
  const { cells } = (await run('--json')).json<{ cells: { prediction: object | null; theory: string }[] }>();
  const { predictions, propositions } = manifest().theory!;
  expect(predictions).toMatchObject([{ architecture: 'lstm', task: 'parity', expressible: 'can' }]);
  expect(propositions.map(({ id }) => id)).toEqual(predictions[0]!.propositions);
  expect(cells.map(({ prediction }) => prediction !== null)).toEqual([true, false, false]);
  expect(cells.map(({ theory }) => theory).slice(1)).toEqual(['no result', 'no result']);
  // A folder of before: the same run writes them, and trains nothing.
  const { theory, ...before } = manifest();
  writeFileSync(join(folder.path, 'runs', 'tiny', 'manifest.json'), JSON.stringify(before));
  expect((await run()).stderr).toContain('nothing to run');
  expect(manifest().theory).toEqual(theory);
});

const trained = () =>
  recordFiles()
    .map((file) => JSON.parse(readFileSync(join(folder.path, 'runs', 'tiny', 'records', file), 'utf8')) as CellRecord)
    .filter(({ training }) => training);

it('records what trained a cell: engine, implementation and versions', async () => {
  await run();
  const [record] = trained();
  expect(record!.specification.engine).toBe(fastest);
  const { engine, versions, runtime, experiment } = record!.provenance;
  expect(runtime).toBe(`node ${process.versions.node}`);
  expect(experiment).toMatch(/^[0-9a-f]{64}$/);
  expect(record!.specification).toMatchObject({ engineRevision: 1, studyVersion: 2 });
  expect(engine).toMatch(/\d+\.\d+.*, 1 thread$/);
  const [mine, other] = hasCompiler ? ['C compiler', 'onnxruntime-node'] : ['onnxruntime-node', 'C compiler'];
  expect(versions[mine!]).toMatch(/\d+\.\d+/);
  expect(versions).not.toHaveProperty(other!);
});

describe('left to choose the engine,', () => {
  (hasCompiler ? it : it.skip)(
    'goes on with the one that a folder was begun with, until another is named',
    async () => {
      expect((await run('--engine', 'onnx')).stderr).not.toContain('Going on');
      const again = await run();
      expect(again.stderr).toMatch(
        /^Going on with the engine that \S+ was begun with, onnx; --engine names another\.\n/,
      );
      expect(again.stderr).toContain('nothing to run');
      const plan = await zoo(['plan', 'tiny.json'], { workingFolder: folder.path });
      expect(plan).toMatchObject({
        stderr: '',
        stdout: expect.stringContaining('3 cells (1 trained with onnx, 2 baselines)'),
      });

      const anew = await run('--engine', 'native', '--json');
      expect(anew.stderr).toContain('2 of 3 cells are there');
      expect(
        trained()
          .map(({ specification }) => specification.engine)
          .sort(),
      ).toEqual(['native', 'onnx']);
      expect(anew.json<MatrixJson>().cells[0]).toMatchObject({ architecture: 'lstm', seeds: 1 });
      expect((await run()).stderr).toContain('nothing to run');
      expect((await run('--engine', 'onnx')).stderr).toContain('nothing to run');
    },
  );

  it('stops and says so when the engine of a folder is not to be had', async () => {
    await run('--engine', 'onnx');
    const manifest = join(folder.path, 'runs', 'tiny', 'manifest.json');
    const foreign = readFileSync(manifest, 'utf8').replaceAll('"engine": "onnx"', '"engine": "native"');
    writeFileSync(manifest, foreign);
    await ensureBuilt();
    const env = { ...process.env, PATH: '/nonexistent', CC: '/nonexistent/cc' };
    const { status, stderr } = spawnSync(
      process.execPath,
      [builtCli, 'run', 'tiny.json', '--seeds', '2', '--workers', '1'],
      {
        encoding: 'utf8',
        cwd: folder.path,
        env,
      },
    );
    expect(stderr).toMatch(/^error engine-changed\n {2}The records in \S+ were made with the engine "native"/);
    expect(stderr).toContain('--engine onnx');
    expect(status).toBe(1);
    expect(trained().map(({ specification }) => specification.engine)).toEqual(['onnx']);
  }, 600_000);
});

it('makes the same record again, apart from timings', async () => {
  const records = () =>
    recordFiles().map((file) => {
      const { provenance: _, ...rest } = JSON.parse(
        readFileSync(join(folder.path, 'runs', 'tiny', 'records', file), 'utf8'),
      ) as { provenance: unknown };
      return rest;
    });
  await run();
  const first = records();
  rmSync(join(folder.path, 'runs'), { recursive: true });
  await run();
  expect(records()).toEqual(first);
});

it('trains rows at the width that meets a budget, and records it', async () => {
  const { exitCode, stderr } = await run('--match', 'parameters=2k', '--set', 'lstm.layers=2');
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('no nearer');
  const [record] = recordFiles()
    .map((file) => JSON.parse(readFileSync(join(folder.path, 'runs', 'tiny', 'records', file), 'utf8')) as CellRecord)
    .filter(({ training }) => training);
  const { hyperparameters } = record!.specification.architecture;
  expect(hyperparameters).toMatchObject({ layers: 2, embeddingWidth: 4, hiddenSize: 12 });
  expect(Math.abs(record!.training!.parameterCount / 2000 - 1)).toBeLessThan(0.1);
});

it('says when a row comes in steps too large for a budget', async () => {
  const options = ['--match', 'parameters=50k', '--set', 'transformer.heads=32'];
  folder.write('tiny.json', { ...tinyExperiment, architectures: ['lstm', 'transformer'] });
  const { stderr } = await zoo(['plan', 'tiny.json', ...options], { workingFolder: folder.path });
  expect(stderr).toMatch(
    /^Taken for parameters=50000: .*\.\ntransformer comes no nearer to parameters=50000 than \d+\.\n$/,
  );
});

it('runs selected cells and the baselines of their columns', async () => {
  folder.write('tiny.json', {
    ...tinyExperiment,
    architectures: [...tinyExperiment.architectures, 'rwkv'],
    tasks: ['parity', 'counting'],
  });
  const { cells, absent } = (await run('--only', 'lstm x parity', '--json')).json<MatrixJson>();
  expect(cells.map(({ architecture, task }) => `${architecture} x ${task}`)).toEqual([
    'lstm x parity',
    'uniform x parity',
    'oracle x parity',
  ]);
  expect(absent).toEqual([]);
  const whole = (await zoo(['matrix', 'tiny', '--json'], { workingFolder: folder.path })).json<MatrixJson>();
  expect(whole.absent.filter(({ status }) => status === 'missing')).toHaveLength(5);
});

it('adds seeds without losing any', async () => {
  await run('--seeds', '2');
  const { cells } = (await run('--seeds', '3,4', '--json')).json<MatrixJson>();
  expect(recordFiles().filter((file) => file.startsWith('lstm'))).toHaveLength(4);
  expect(cells[0]).toMatchObject({ architecture: 'lstm', seeds: 2 });
  expect(
    (await zoo(['matrix', 'tiny', '--json'], { workingFolder: folder.path })).json<MatrixJson>().cells[0],
  ).toMatchObject({ seeds: 4 });
});

it('makes a plugin named on the command line a column without a change of the file', async () => {
  cpSync(join(__dirname, '..', '..', 'support', 'registry', 'plugins'), folder.path, { recursive: true });
  const { cells } = (await run('--plugin', './esm.mjs', '--only', 'x constant', '--json')).json<MatrixJson>();
  expect(cells.map(({ architecture, task }) => `${architecture} x ${task}`)).toEqual([
    'lstm x constant',
    'uniform x constant',
    'oracle x constant',
  ]);
  expect(cells[2]!.verdict).toBe('solves');
});

it('finds plugins of the file from the folder of the file', async () => {
  cpSync(join(__dirname, '..', '..', 'support', 'registry', 'plugins'), folder.path, { recursive: true });
  folder.write('tiny.json', { ...tinyExperiment, tasks: ['constant'], plugins: ['./esm.mjs'] });
  const path = join(folder.path, 'tiny.json');
  const { exitCode } = await zoo(['run', path, '--workers', '0', '--out', join(folder.path, 'out')], {
    workingFolder: '/',
  });
  expect(exitCode).toBe(0);
});

it('stops on Ctrl-C with exit code 130, and goes on from there', async () => {
  const stopped = await zoo(['run', 'tiny.json', '--workers', '0'], {
    workingFolder: folder.path,
    interrupt: (press) => queueMicrotask(press),
  });
  expect(stopped.exitCode).toBe(130);
  expect(stopped.stderr).toContain('the same command goes on from there');
  expect(existsSync(join(folder.path, 'runs', 'tiny', 'lock'))).toBe(false);
  expect((await run()).exitCode).toBe(0);
});

it('reports cells that failed, keeps the others, and exits with 1', async () => {
  folder.write(
    'broken.ts',
    `
    import { task } from 'chomsky-zoo';
    const reference = { authors: 'a', title: 'b', identifier: 'c' };
    class Broken {
      alphabets = { input: ['a'], output: ['a'] };
      sample() { throw new Error('no input left'); }
      solve() { return [0]; }
      answerLength() { return 1; }
    }
    task({ id: 'broken', version: 1, title: 'Broken', summary: '.', level: 'regular', circuitClass: { name: 'AC0', reference }, reference,
      answerLengthRule: '1', labels: { final: true, aligned: false } })(Broken);
    export default { name: 'broken', version: '1.0.0', zoo: '*', tasks: [Broken] };
  `,
  );
  const { exitCode, stderr, json } = await run('--plugin', './broken.ts', '--json');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('lstm x broken, seed 1: no input left');
  const { cells, absent } = json<MatrixJson>();
  expect(cells.filter(({ task }) => task === 'parity')).toHaveLength(3);
  expect(absent.filter(({ status }) => status === 'failed').map(({ architecture }) => architecture)).toEqual([
    'lstm',
    'uniform',
    'oracle',
  ]);
});

describe('refuses, before anything is trained,', () => {
  afterEach(() => expect(existsSync(join(folder.path, 'runs', 'tiny', 'records', 'lstm'))).toBe(false));

  it.each<[string, string[], number, string]>([
    ['an experiment that is not there', ['run', 'absent.json'], 2, 'There is no file absent.json (an experiment).'],
    [
      'a cell that is not there',
      ['run', 'tiny.json', '--only', 'lsmt x parity'],
      2,
      '--only: "lsmt x parity" selects no cell, there is no row "lsmt".\n  Did you mean lstm?',
    ],
    [
      'a part of several that is not there',
      ['run', 'tiny.json', '--only', 'lstm x parity, lstm x partiy'],
      2,
      '--only: "lstm x partiy" selects no cell, there is no column "partiy".\n  Did you mean x parity?',
    ],
    ['a row that is not there', ['run', 'tiny.json', '--rows', 'lsmt'], 2, 'Did you mean lstm?'],
    [
      'a misspelt option',
      ['run', 'tiny.json', '--worker', '1'],
      2,
      "Unknown option '--worker'.\n  Did you mean --workers?",
    ],
    ['a misspelt setting', ['run', 'tiny.json', '--set', 'lstm.hiddenSise=8'], 2, 'hiddenSise is not a key here'],
    [
      'a setting out of range',
      ['run', 'tiny.json', '--set', 'protocol.steps=0'],
      2,
      'protocol.steps is 0: must not be less than 1',
    ],
    [
      'a setting of the wrong type',
      ['run', 'tiny.json', '--set', 'protocol.steps=many'],
      2,
      'protocol.steps is "many": must',
    ],
    ['an unknown engine', ['run', 'tiny.json', '--engine', 'abacus'], 2, 'There is no engine called "abacus"'],
    ['no seeds', ['run', 'tiny.json', '--seeds', '0'], 2, 'It must be a number of seeds (3)'],
    [
      'a plugin that is not there',
      ['run', 'tiny.json', '--plugin', './absent.ts'],
      2,
      'There is no plugin "./absent.ts"',
    ],
    [
      'a folder below a file',
      ['run', 'tiny.json', '--out', 'tiny.json/runs'],
      1,
      'part of the path is a file.\n  Choose another folder with --out; nothing was trained.',
    ],
  ])('%s', async (_, commandLine, expected, message) => {
    const { exitCode, stdout, stderr } = await zoo(commandLine, { workingFolder: folder.path });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
    expect(exitCode).toBe(expected);
  });

  it.each<[string, unknown, string]>([
    [
      'an unknown task',
      { ...tinyExperiment, tasks: ['partiy'] },
      'There is no task called "partiy" (tiny.json, tasks[0]).\n  Did you mean parity?',
    ],
    ['a misspelt key', { ...tinyExperiment, protocl: {} }, 'tiny.json: protocl is not a key here'],
    [
      'a value of the wrong type',
      { ...tinyExperiment, protocol: { steps: '4' } },
      'tiny.json: protocol.steps is "4": must',
    ],
    ['text that is not JSON', '{\n  "name": \n}', 'tiny.json, line 3, column 1: this is not JSON'],
    [
      'an unreadable plugin',
      { ...tinyExperiment, plugins: ['./tiny.json'] },
      'tiny.json" does not keep to the contract',
    ],
  ])('%s in the file', async (_, content, message) => {
    folder.write('tiny.json', content);
    const { exitCode, stderr } = await run();
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

it('refuses a damaged record, and loses nothing', async () => {
  await run();
  const file = join(
    folder.path,
    'runs',
    'tiny',
    'records',
    recordFiles().find((path) => path.startsWith('lstm'))!,
  );
  const damaged = readFileSync(file, 'utf8').slice(0, 100);
  writeFileSync(file, damaged);
  const { exitCode, stderr } = await run();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/error corrupt-records\n {2}A record is damaged[^]*it is not JSON/);
  expect(readFileSync(file, 'utf8')).toBe(damaged);
  rmSync(file);
  expect((await run()).exitCode).toBe(0);
});

it('writes a damaged manifest anew and keeps the records', async () => {
  await run();
  writeFileSync(join(folder.path, 'runs', 'tiny', 'manifest.json'), '{');
  const { exitCode, stderr } = await run();
  expect(stderr).toContain('It is written anew.');
  expect(stderr).toContain('nothing to run');
  expect(exitCode).toBe(0);
});

it('shows where an error happened only with --debug', async () => {
  const { stderr } = await zoo(['run', 'absent.json', '--debug'], { workingFolder: folder.path });
  expect(stderr).toMatch(/^ {4}at /m);
});

describe('a plugin that was edited', () => {
  const plugin = (answer: number) => `
    import { task } from 'chomsky-zoo';
    import { answer } from './answer.mjs';
    class Constant {
      alphabets = { input: ['a'], output: ['b', 'c'] };
      sample(_, length) { return new Array(length).fill(0); }
      solve() { return [answer]; }
      answerLength() { return 1; }
    }
    const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
    task({
      id: 'constant', version: 1, title: 'Constant', summary: 'Anything; b.', level: 'regular', reference,
      circuitClass: { name: 'AC0', reference }, answerLengthRule: 'always 1', labels: { final: true, aligned: false },
    })(Constant);
    export default { name: 'constants', version: '1.0.0', zoo: '*', tasks: [Constant] };
    // ${answer}`;

  it('has its cells measured anew, with a word on why; other cells stay', async () => {
    await ensureBuilt();
    const write = (answer: number) => folder.write('answer.mjs', `export const answer = ${answer};`);
    folder.write('my.mjs', plugin(0));
    const command = ['run', 'tiny.json', '--plugin', './my.mjs', '--workers', '0', '--json'];
    const run = () => spawnSync(process.execPath, [builtCli, ...command], { encoding: 'utf8', cwd: folder.path });
    write(0);
    expect(run()).toMatchObject({ status: 0 });
    folder.write('my.mjs', plugin(1)); // differs in a comment alone
    expect(run().stderr).toContain('nothing to run');
    write(1);
    const edited = run();
    expect(edited.stderr).toContain(
      'lstm, oracle, uniform: plugin constants changed since these records were made; 3 cells are measured anew.\n',
    );
    expect(edited.stderr).toContain('3 of 6 cells are there');
    const { leftovers } = JSON.parse(edited.stdout) as { leftovers: { reason: string }[] };
    expect(leftovers.map(({ reason }) => reason)).toEqual(Array(3).fill('plugin constants changed since it was made'));
    expect(run().stderr).toContain('nothing to run');
    write(2);
    const views = ['matrix', 'tiny', '--this-code', '--json'];
    const view = spawnSync(process.execPath, [builtCli, ...views], { encoding: 'utf8', cwd: folder.path });
    expect(view.stderr).toBe('3 records are of other code and left out: plugin constants changed.\n');
    const { cells } = JSON.parse(view.stdout) as { cells: { task: string }[] };
    expect(cells.map(({ task }) => task)).toEqual(Array(3).fill('parity'));
  }, 600_000);
});
