import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from '../../registry/registry';
import type { CellRecord } from '../../src/core/contracts/record';
import { builtCli, ensureBuilt } from '../support/built';
import { zoo } from '../support/cli';
import injected from '../support/registry/plugins/injected';

const plugins = join(__dirname, '..', 'support', 'registry', 'plugins');
const plugin = (name: string) => join(plugins, `${name}.ts`);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-kinds-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (...words: string[]) => zoo(words, { workingFolder: folder });
const tiny = ['protocol.steps=2', 'protocol.batchSize=2', 'protocol.trainingLengths.maximum=3'];
const settings = [...tiny, 'protocol.evaluation.lengthsPerRange=1'].flatMap((setting) => ['--set', setting]);

describe('a plugin brings', () => {
  it('a study: its experiment is expanded, measured by workers, recorded, summarised and drawn', async () => {
    cpSync(plugin('sampling'), join(folder, 'sampling.ts'));
    const experiment = { study: 'sampling', plugins: ['./sampling.ts'], tasks: ['parity', 'reversal'], draws: 500 };
    writeFileSync(join(folder, 'draws.json'), JSON.stringify(experiment));
    const { stdout, stderr, exitCode } = await inFolder('run', 'draws.json', '--out', 'out', '--workers', '1');
    expect(stderr).toContain('parity');
    expect(exitCode).toBe(0);
    expect(stdout.trim()).toBe('parity: 8 different inputs\nreversal: 8 different inputs');
    expect(readdirSync(join(folder, 'out', 'records', 'sampling')).sort()).toEqual(['parity', 'reversal']);
    // From the folder alone: the manifest names the plugin.
    expect((await inFolder('view', 'out')).stdout.trim()).toBe(stdout.trim());
    const [record] = readdirSync(join(folder, 'out', 'records', 'sampling', 'parity'));
    const again = await inFolder('cell', record!.slice(0, 10), '--out', 'out');
    expect(again.stdout).toContain('# sampling x parity  8 different');
  });

  it('refuses what does not fit the class of the study', async () => {
    cpSync(plugin('sampling'), join(folder, 'sampling.ts'));
    const experiment = { study: 'sampling', plugins: ['./sampling.ts'], tasks: ['parity'], draw: 5 };
    writeFileSync(join(folder, 'draws.json'), JSON.stringify(experiment));
    const { stderr, exitCode } = await inFolder('run', 'draws.json');
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/draw is not a key here[^]*Did you mean draws/)]);
  });

  it('an executor alone, which is no part of the jobs: whoever reads or measures them later does not need it', async () => {
    const source = `
      import { executor } from 'chomsky-zoo';
      class Nowhere {
        run() { return Promise.resolve(); }
        submit({ jobs }) { return Promise.resolve(jobs.length + ' jobs went nowhere'); }
      }
      const meta = { id: 'nowhere', title: 'Nowhere', summary: 'Nowhere at all.' };
      export default { name: 'nowhere', version: '1.0.0', zoo: '*', executors: [executor(meta)(Nowhere)] };`;
    writeFileSync(join(folder, 'nowhere.mjs'), source);
    const words = ['--plugin', './nowhere.mjs', '--executor', 'nowhere', '--detach', '--out', 'out'];
    const { stdout, stderr } = await inFolder('run', 'smoke', '--only', 'lstm x parity', ...words, ...settings);
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringMatching(/jobs went nowhere/),
      stderr: expect.any(String),
    });
    const { cells } = JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')) as {
      readonly cells: readonly { readonly plugins: readonly string[] }[];
    };
    expect(cells.flatMap(({ plugins: needed }) => needed)).toEqual([]);
  });

  it('an engine, an executor, a view and a baseline', async () => {
    const words = ['smoke', '--plugin', plugin('machinery'), '--out', 'out', ...settings];
    const run = await inFolder(
      'run',
      ...words,
      '--only',
      'lstm x parity',
      '--engine',
      'borrowed',
      '--executor',
      'backwards',
    );
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/uniform x parity: started[^]*lstm x parity, seed 1: started/); // the last job first
    const { stdout } = await inFolder('view', 'out', '--plugin', plugin('machinery'), '--format', 'list');
    expect(stdout.split('\n')).toContain('lstm x parity');
    const { json } = await inFolder('list', 'baselines', '--plugin', plugin('machinery'), '--json');
    expect(json<{ baselines: { id: string }[] }>().baselines.map(({ id }) => id)).toContain('first-symbol');
    const doctor = await inFolder('doctor', '--plugin', plugin('machinery'));
    expect(doctor.stdout).toMatch(/^borrowed +works .*it is borrowed/m);
  });

  it('a probe: it looks at the rows that have something to read, and readings and code are in the record', async () => {
    const experiment = {
      ...{ name: 'probed', seeds: 1, baselines: [], plugins: [plugin('watchers')], tasks: ['parity'] },
      architectures: ['lstm', 'stack-rnn'],
      probes: ['attention-entropy', { id: 'weight-norm', hyperparameters: { order: 1 } }],
      protocol: {
        ...{
          steps: 4,
          batchSize: 2,
          trainingLengths: { maximum: 3 },
          heldOut: { every: 2, stopAt: null, sequences: 8 },
        },
        evaluation: { lengths: [2, 5], sequencesPerLength: 4 },
      },
    };
    writeFileSync(join(folder, 'probed.json'), JSON.stringify(experiment));
    const run = (...words: string[]) => inFolder('run', 'probed.json', '--out', 'out', '--workers', '0', ...words);
    const { exitCode, stderr } = await run('--engine', 'cpu');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'The probe attention-entropy does not look at lstm, stack-rnn: it has no attention to look at.',
    );
    expect(stderr).toContain('The probe weight-norm does not look at stack-rnn: its memory is no weight.');
    const [lstm, stack] = ['lstm', 'stack-rnn'].map((row) => {
      const records = join(folder, 'out', 'records', row, 'parity');
      return JSON.parse(readFileSync(join(records, readdirSync(records)[0]!), 'utf8')) as CellRecord;
    });
    const { probes, pluginCode } = lstm!.specification;
    expect(probes).toEqual([{ id: 'weight-norm', version: 3, hyperparameters: { order: 1 } }]);
    expect(pluginCode!.map(({ name }) => name)).toEqual(['watchers']);
    expect(lstm!.training!.curve.map(({ step, readings }) => [step, readings])).toEqual(
      [2, 4].map((step) => [step, { 'weight-norm.norm': expect.any(Number), 'weight-norm.sequences': 64 }]),
    );
    expect(stack!.specification).not.toHaveProperty('probes');
    expect(stack!.training!.curve[0]).not.toHaveProperty('readings');
  });

  it.each(['probes', 'interventions'])('%s that zoo list and zoo show tell of', async (kind) => {
    const { json } = await inFolder('list', kind, '--plugin', plugin('watchers'), '--json');
    const [last] = json<Record<string, { id: string; title: string }[]>>()[kind]!.slice(-1);
    const { stdout, exitCode } = await inFolder('show', last!.id, '--plugin', plugin('watchers'));
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(last!.title)]);
  });

  it.each(['engines', 'executors', 'studies', 'views', 'plots', 'baselines'])(
    '%s that zoo list and zoo show tell of',
    async (kind) => {
      const { json } = await inFolder('list', kind, '--json');
      const last = json<Record<string, { id: string; title: string }[]>>()[kind]!.at(-1)!;
      const { stdout, exitCode } = await inFolder('show', last.id);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(last.title);
    },
  );
});

describe('what a constructor asks for', () => {
  const registry = new Registry();
  registry.register(injected.tasks, { origin: 'a test' });

  it('is made by the container, beside the hyperparameters', () => {
    const task = registry.createTask('pick', { place: 2 });
    expect(task.alphabets.input).toEqual(['a', 'b', 'c']);
    expect(task.solve([0, 1, 2])).toEqual([2]);
    expect(() => registry.createTask('pick', { place: 3 })).toThrow('must not be greater than 2');
  });

  it('is made for plugins too, as the built command loads them', async () => {
    await ensureBuilt();
    const words = ['solve', 'pick', '0 1 2', '--set', 'place=2', '--plugin', plugin('injected')];
    const { stdout, stderr } = spawnSync(process.execPath, [builtCli, ...words], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^output +c +2$/m), '']);
    const shown = spawnSync(process.execPath, [builtCli, 'show', 'letters-model', '--plugin', plugin('injected')], {
      encoding: 'utf8',
    });
    expect([shown.stdout, shown.stderr]).toEqual([expect.stringMatching(/parameters +16$/m), '']);
    const broken = ['solve', 'unmakeable', '0', '--plugin', plugin('injected')];
    const refused = spawnSync(process.execPath, [builtCli, ...broken], { encoding: 'utf8' });
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/Unmakeable asks for[^]*position #0/)]);
  });

  it('is named, with the class, where nobody knows how to make it', () => {
    expect(() => registry.createTask('unmakeable')).toThrow(
      /The task "unmakeable" cannot be made: Unmakeable asks for .*position #0 of "Unmakeable".*Unknown/,
    );
  });
});
