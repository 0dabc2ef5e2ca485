import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtCli, ensureBuilt } from '../support/built';
import { tinyExperiment } from '../support/cli';

let folder: string;
beforeAll(ensureBuilt);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-signals-'));
  const protocol = { ...tinyExperiment.protocol, steps: 1_000_000, heldOut: { every: 50, sequences: 4, stopAt: null } };
  writeFileSync(join(folder, 'endless.json'), JSON.stringify({ ...tinyExperiment, protocol }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = [process.execPath, builtCli, 'run', 'endless.json', '--workers', '1', '--only', 'lstm', '--out', 'out'];

/** Waits for a line of the log, and does something some time after it; how the run ended, and what it said. */
async function end(run: ChildProcess, sign: RegExp, milliseconds: number, how: () => void) {
  const ended = once(run, 'exit');
  let told = '';
  run.stderr!.setEncoding('utf8').on('data', (text: string) => {
    const before = sign.test(told);
    told += text;
    if (!before && sign.test(told)) setTimeout(how, milliseconds);
  });
  const [code] = (await ended) as [number | null];
  return { code, told };
}
const start = () => spawn(line[0]!, line.slice(1), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
const isFree = () => {
  const claims = join(folder, 'out', 'claims');
  return !existsSync(claims) || readdirSync(claims).length === 0;
};
const checkpoints = () => readdirSync(join(folder, 'out', 'checkpoints'));

test.each(['SIGINT', 'SIGHUP', 'SIGTERM'] as const)(
  '%s while nothing is learnt yet ends the run, and the folder is free',
  async (signal) => {
    const run = start();
    const { code, told } = await end(run, /started/, 0, () => run.kill(signal));
    expect(code).toBe(130);
    expect(told.includes('Press Ctrl-C again')).toBe(signal === 'SIGINT');
    expect(told).toContain('the same command goes on from there');
    expect(isFree()).toBe(true);
  },
);

it('a closed terminal, of which it hears twice, leaves a checkpoint', async () => {
  const run = start();
  const twice = () => {
    run.kill('SIGHUP');
    setTimeout(() => run.kill('SIGHUP'), 20);
  };
  const { code } = await end(run, /started/, 5000, twice);
  expect({ code, free: isFree(), checkpoints: checkpoints().length }).toEqual({
    code: 130,
    free: true,
    checkpoints: 1,
  });
});

it('a reader of everything who leaves ends it as Ctrl-C does', () => {
  const words = line.map((word) => `'${word}'`).join(' ');
  const script = `(${words} 2>&1; echo $? > code) | head -n 2 > /dev/null; cat code`;
  const { stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  expect({ code: stdout.trim(), free: isFree() }).toEqual({ code: '130', free: true });
});

it('a closed log does not end the work', () => {
  const words = line.map((word) => `'${word}'`).join(' ');
  const script = `(${words} --json --set protocol.steps=20 > results; echo $? > code) 2>&1 | true; cat code results`;
  const { stdout } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toMatch(/^0\n\{/);
});

(existsSync('/dev/full') ? it : it.skip)('results that cannot be written are an error', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `'${process.execPath}' '${builtCli}' list > /dev/full`], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^error output-failed\n.*disk is full/),
  });
});
