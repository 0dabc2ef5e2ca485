import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rng } from '../../../src/core/contracts/random';
import { builtCli } from '../../support/built';
import { tinyExperiment } from '../../support/cli';

/** What a round of kills found; everything but the first two ought to be 0. */
export interface KillCounts {
  kills: number;
  runs: number;
  lost: number;
  changed: number;
  torn: number;
  orphaned: number;
  leftBehind: number;
  unexpected: number;
}
export const noKills = (): KillCounts => ({
  ...{ kills: 0, runs: 0, lost: 0, changed: 0, torn: 0, orphaned: 0, leftBehind: 0, unexpected: 0 },
});

const experiment = {
  ...tinyExperiment,
  tasks: ['parity', 'reversal', 'counting'],
  seeds: 2,
};
const kinds = ['before', 'after', 'middle', 'full', 'time'] as const;
const faultScript = join(__dirname, 'fault.cjs');

/** Runs an experiment over and over, ends most of the runs at a random change of the file system, and looks at what is left. */
export class Kills {
  private undisturbed = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly rng: Rng,
    private readonly counts: KillCounts,
    private readonly report: (problem: string) => void,
  ) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(experiment));
  }

  /** What no kill may change. */
  async prepare(): Promise<void> {
    await this.end(this.start('undisturbed', {}, 1));
    this.undisturbed = this.recordsOf('undisturbed');
    if (this.undisturbed.size === 0) throw new Error('an undisturbed run leaves no records');
  }

  /** Kills runs into one folder until one of them ends; then nothing may be missing, different, or left over. */
  async round(mostKills: number, isOver: () => boolean): Promise<void> {
    const out = `round-${this.counts.runs}`;
    for (let kill = 0; kill < mostKills && !isOver(); kill++) {
      const before = this.recordsOf(out);
      await this.disturbed(out);
      const after = this.recordsOf(out);
      for (const [file, results] of before) {
        if (!after.has(file)) this.found('lost', `${out}: ${file}`);
        else if (after.get(file) !== results) this.found('changed', `${out}: ${file}`);
      }
    }
    await this.finish(out);
    rmSync(join(this.folder, out), { recursive: true, force: true });
  }

  private async disturbed(out: string): Promise<void> {
    const kind = kinds[this.rng.integer(kinds.length)]!;
    const workers = this.rng.integer(3);
    const environment = {
      FAULT_KIND: kind,
      FAULT_AT: String(1 + this.rng.integer(kind === 'time' ? 1 : 40)),
      FAULT_FOLDER: join(this.folder, out),
    };
    const child = this.start(out, kind === 'time' ? {} : environment, workers);
    const milliseconds = 100 + this.rng.integer(4000);
    const timer = kind === 'time' && setTimeout(() => child.kill('SIGKILL'), milliseconds);
    const children = new Set<number>();
    const watch = setInterval(() => childrenOf(child.pid!).forEach((pid) => children.add(pid)), 50);
    const { signal, told } = await this.end(child);
    clearInterval(watch);
    if (timer) clearTimeout(timer);
    if (signal === 'SIGKILL' || /lost its process/.test(told)) this.counts.kills++;
    if (/error unexpected/.test(told)) this.found('unexpected', told);
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const pid of children) if (await survives(pid)) this.found('orphaned', `${out}: process ${pid}`);
  }

  private async finish(out: string): Promise<void> {
    const { code, told } = await this.end(this.start(out, {}, 1));
    if (code !== 0) this.found('torn', `${out}: the last run ended with ${code}: ${told}`);
    const records = this.recordsOf(out);
    for (const [file, results] of this.undisturbed) {
      if (!records.has(file)) this.found('lost', `${out}: ${file}`);
      else if (records.get(file) !== results) this.found('changed', `${out}: ${file}`);
    }
    const left = readdirSync(join(this.folder, out), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.tmp$|^claims\/./.test(name) || /^checkpoints\/./.test(name),
    );
    if (left.length > 0) this.found('leftBehind', `${out}: ${left.join(', ')}`);
  }

  private start(out: string, environment: Record<string, string>, workers: number): ChildProcess {
    this.counts.runs++;
    const line = ['run', 'tiny.json', '--out', out, '--workers', String(workers), '--engine', 'onnx', '--json'];
    return spawn(process.execPath, [builtCli, ...line], {
      cwd: this.folder,
      env: { ...process.env, NODE_OPTIONS: `--require ${faultScript}`, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  private async end(child: ChildProcess): Promise<{ code: number | null; signal: string | null; told: string }> {
    let told = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (told += text));
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return { code, signal, told };
  }

  /** Results of each record, without what may differ from run to run; a record that is not whole counts as torn. */
  private recordsOf(out: string): Map<string, string> {
    const folder = join(this.folder, out, 'records');
    if (!existsSync(folder)) return new Map();
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
    return new Map(files.map((file) => [file, this.resultsOf(join(folder, file))]));
  }
  private resultsOf(file: string): string {
    try {
      const { provenance: _, ...results } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      return JSON.stringify(results);
    } catch {
      this.found('torn', file);
      return '';
    }
  }

  private found(what: keyof KillCounts, where: string): void {
    this.counts[what]++;
    this.report(`${what}: ${where}`);
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Whether a process is there after some seconds too: a worker may end the step that it is at. */
async function survives(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 200) {
    if (!existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return true;
}
