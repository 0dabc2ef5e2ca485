import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const zoo = join(__dirname, '../../dist/src/cli/main.js');

const experiment = {
  name: 'killed',
  architectures: [
    { id: 'lstm', hyperparameters: { hiddenSize: 24, embeddingWidth: 8 } },
    { id: 'transformer', hyperparameters: { width: 16, layers: 1, heads: 2 } },
  ],
  tasks: ['parity', 'reversal'],
  baselines: ['majority'],
  protocol: {
    trainingLengths: { maximum: 16 },
    steps: 400,
    batchSize: 32,
    heldOut: { every: 50, sequences: 32, stopAt: null },
    evaluation: { sequencesPerLength: 16, lengthsPerRange: 2 },
  },
};

/** Processes started by `pid`, as the kernel lists them. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 50) {
    if (waited > 45_000) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-killed-'));
  writeFileSync(join(folder, 'killed.json'), JSON.stringify(experiment));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  readonly process: ChildProcess;
  readonly log: { text: string };
  readonly output: { text: string };
}

function start(out: string): Running {
  const child = spawn(process.execPath, [zoo, 'run', 'killed.json', '--out', out, '--workers', '2', '--json'], {
    cwd: folder,
  });
  const [log, output] = [{ text: '' }, { text: '' }];
  child.stderr.on('data', (piece) => (log.text += piece));
  child.stdout.on('data', (piece) => (output.text += piece));
  return { process: child, log, output };
}

async function finish({ process: child, output, log }: Running): Promise<unknown> {
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`exit code ${code}: ${log.text}`);
  const untimed = (key: string, value: unknown) => (key === 'trainingSeconds' ? 0 : value);
  return JSON.parse(output.text, untimed);
}

// The list of a process's children is a file on Linux only.
(process.platform === 'linux' ? test : test.skip)(
  'a worker and then the main process killed with -9: no orphans, and the next run ends with the matrix of an undisturbed one',
  async () => {
    const undisturbed = await finish(start('undisturbed'));

    const disturbed = start('disturbed');
    await until(() => disturbed.log.text.includes('started'), 'a first cell');
    await until(() => childrenOf(disturbed.process.pid!).length > 0, 'a worker');
    const [victim] = childrenOf(disturbed.process.pid!);
    process.kill(victim!, 'SIGKILL');
    await until(() => /lost|SIGKILL/.test(disturbed.log.text), 'word of the lost worker');
    await until(() => childrenOf(disturbed.process.pid!).length > 0, 'another worker');
    const workers = childrenOf(disturbed.process.pid!);
    disturbed.process.kill('SIGKILL');
    await until(() => !workers.some(isAlive), 'the workers to end with their parent');

    expect(await finish(start('disturbed'))).toEqual(undisturbed);
  },
  120_000,
);
