import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/core/package';
import { ensureBuilt } from './built';

const script = join(packageRoot, 'scripts', 'slurm-test-cluster.mjs');
const cluster = (...words: string[]): string =>
  execFileSync(process.execPath, [script, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** A task that waits or runs, as squeue shows it: id, state, node. */
export interface ShownTask {
  readonly id: string;
  readonly state: string;
  readonly node: string;
}

/** Waits for what other processes do. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 120_000; waited += 100) {
    if (holds()) return;
    await sleep(100);
  }
  throw new Error(`In two minutes it did not come to this: ${what}.`);
}

/** A Slurm cluster of two nodes, n1 and n2, for the tests of a `describe`. */
export class SlurmCluster {
  private folder = '';

  async start(): Promise<void> {
    await ensureBuilt(); // what tasks run
    this.folder = mkdtempSync(join(tmpdir(), 'zoo-slurm-'));
    process.env.SLURM_CONF = cluster('start', this.folder);
  }
  stop(): void {
    cluster('stop', this.folder);
    delete process.env.SLURM_CONF;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As a loss of power would. */
  killNode = (name: string): string => cluster('kill-node', this.folder, name);
  startNode = (name: string): string => cluster('start-node', this.folder, name);

  /** After a test, however it ended: no jobs, and both nodes are there. */
  async clear(): Promise<void> {
    this.ask('scancel', `--user=${userInfo().username}`);
    for (const node of ['n1', 'n2'])
      if (!this.ask('sinfo', '-h', '-n', node, '-o', '%T').startsWith('idle')) this.startNode(node);
    await until('nothing is in the queue', () => this.tasks().length === 0);
  }

  /** Runs a command of Slurm. */
  ask(command: string, ...words: string[]): string {
    const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', env: { ...process.env } });
    if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  /** Sends a task the signal that comes before its time limit; false where it can take none now. */
  isTold = (id: string | undefined): boolean => this.isDone(id, 'scancel', '--batch', '--signal=USR1');
  isRequeued = (id: string | undefined): boolean => this.isDone(id, 'scontrol', 'requeue');
  private isDone(id: string | undefined, command: string, ...words: string[]): boolean {
    if (id === undefined) return false;
    // Of a task that begins or ends at this moment Slurm asks again and again, longer than all tasks here take.
    return spawnSync(command, [...words, id], { env: { ...process.env }, timeout: 2000 }).status === 0;
  }

  tasks(): ShownTask[] {
    const lines = this.ask('squeue', '--noheader', '--array', '--format=%i %T %N').split('\n').filter(Boolean);
    return lines.map((line) => {
      const [id = '', state = '', node = ''] = line.trim().split(' ');
      return { id, state, node };
    });
  }
  running = (): ShownTask[] => this.tasks().filter(({ state }) => state === 'RUNNING');
}

/** `describe` for what Slurm has to be there for; skipped where it is not, and named so. In CI it has to be. */
export function describeWithSlurm(name: string, tests: (slurm: SlurmCluster) => void): void {
  const why = process.env.ZOO_SLURM === 'required' ? '' : cluster('why-not');
  const all = () => {
    const slurm = new SlurmCluster();
    beforeAll(() => slurm.start(), 600_000);
    afterAll(() => slurm.stop());
    tests(slurm);
  };
  if (why === '') describe(name, all);
  else describe.skip(`${name} (skipped: ${why})`, all);
}
