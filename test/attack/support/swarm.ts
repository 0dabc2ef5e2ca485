import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rng } from '../../../src/core/contracts/random';
import { builtCli } from '../../support/built';
import { tinyExperiment } from '../../support/cli';

/** How many work on a folder, on how much, and how they are disturbed. */
export interface SwarmOptions {
  readonly workers: number;
  readonly seeds: number;
  /** Milliseconds between two times at which half of the workers are killed. */
  readonly killEvery: number;
  readonly kills: number;
}

/** What came of it; all but the first three ought to be 0. */
export interface SwarmCounts {
  readonly cells: number;
  readonly kills: number;
  readonly seconds: number;
  readonly lost: number;
  readonly changed: number;
  /** Finished cells that somebody measured again. */
  readonly twice: number;
  readonly leftBehind: number;
}

const experiment = { ...tinyExperiment, tasks: ['parity', 'reversal', 'counting', 'majority'] };

/**
 * Any number of `zoo work` on one folder, half of which are killed again and again, with and without the process that
 * trains, and replaced; then the same records as of an undisturbed run, each made once.
 */
export async function swarm(folder: string, rng: Rng, options: SwarmOptions): Promise<SwarmCounts> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify({ ...experiment, seeds: options.seeds }));
  const zoo = (...words: string[]) => spawn(builtCli, words, { cwd: folder, stdio: 'ignore', detached: true });
  await once(zoo('run', 'tiny.json', '--out', 'undisturbed', '--workers', '2'), 'exit');
  const expected = recordsOf(join(folder, 'undisturbed'));

  const started = performance.now();
  const submitter = zoo('run', 'tiny.json', '--out', 'shared', '--executor', 'shared-folder');
  const ended = once(submitter, 'exit');
  const shared = join(folder, 'shared');
  while (!namesIn(shared).includes('manifest.json')) await sleep(100);
  let isOver = false;
  void ended.then(() => (isOver = true));
  const inodes = new Map<string, number>();
  let [twice, kills] = [0, 0];
  const look = () => {
    for (const name of namesIn(join(shared, 'records')).filter((each) => each.endsWith('.json'))) {
      const { ino } = statSync(join(shared, 'records', name));
      if (inodes.has(name) && inodes.get(name) !== ino) twice++;
      inodes.set(name, ino);
    }
  };
  const looking = setInterval(look, 20);
  const work = () => zoo('work', 'shared');
  const swarm: ChildProcess[] = Array.from({ length: options.workers }, work);
  while (!isOver) {
    await Promise.race([sleep(options.killEvery), ended]);
    if (isOver || kills >= options.kills) continue;
    for (const at of rng.shuffle(swarm.map((_, at) => at)).slice(0, options.workers / 2)) {
      kill(swarm[at]!, rng.integer(2) === 0);
      kills++;
      swarm[at] = work();
    }
  }
  await Promise.all(swarm.map((worker) => (worker.exitCode === null ? once(worker, 'exit') : undefined)));
  clearInterval(looking);
  look();
  const made = recordsOf(shared);
  const left = namesIn(shared).filter((name) => /\.tmp$|^(claims|checkpoints|failures)\/./.test(name));
  return {
    cells: expected.size,
    kills,
    seconds: (performance.now() - started) / 1000,
    lost: [...expected.keys()].filter((name) => !made.has(name)).length,
    changed: [...expected].filter(([name, text]) => made.has(name) && made.get(name) !== text).length,
    twice,
    leftBehind: left.length,
  };
}

/** The command, and the process that trains for it, or that alone which is then without a parent. */
function kill({ pid, exitCode }: ChildProcess, withChildren: boolean): void {
  if (exitCode !== null) return;
  try {
    process.kill(withChildren ? -pid! : pid!, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
};

/** What was measured, without when and where. */
function recordsOf(folder: string): Map<string, string> {
  const names = namesIn(join(folder, 'records')).filter((name) => name.endsWith('.json'));
  return new Map(
    names.map((name) => {
      const {
        provenance: _,
        digest: __,
        ...rest
      } = JSON.parse(readFileSync(join(folder, 'records', name), 'utf8')) as {
        readonly provenance: unknown;
        readonly digest: unknown;
      };
      return [name, JSON.stringify(rest)];
    }),
  );
}
