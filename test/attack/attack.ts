import 'reflect-metadata';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRng } from '../../src/core/random';
import { ensureBuilt } from '../support/built';
import type { Finding } from './support/fuzz';
import { Kills, noKills, type KillCounts } from './support/kills';

/**
 * `npm run attack -- --minutes 20 --seed 1`: kills runs at random changes of the file system and feeds every command with
 * broken input, side by side, and prints what held and what did not. The same seed tries the same inputs; where a kill
 * hits depends on the machine besides.
 */
export interface Counts {
  readonly kills: KillCounts;
  readonly inputs: number;
  readonly hangs: number;
  readonly findings: readonly Finding[];
}

const longestInputMilliseconds = 60_000;

/** Tries inputs until time is over, in a process that is replaced when one hangs. */
async function fuzzing(folder: string, seed: number, isOver: () => boolean, tell: (line: string) => void) {
  const findings: Finding[] = [];
  let [inputs, hangs, at] = [0, 0, 0];
  while (!isOver()) {
    const child = fork(
      join(__dirname, 'support', 'fuzz-process.ts'),
      [join(folder, 'fuzz'), String(seed), String(at)],
      {
        execArgv: ['--require', join(__dirname, '..', 'support', 'typescript.cjs')],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    let [heard, alive, words] = [performance.now(), true, ''];
    child.stderr!.on('data', (text) => (words = `${words}${String(text)}`.slice(-2000)));
    child.on('message', (message: { at: number; finding?: Finding }) => {
      heard = performance.now();
      at = message.at;
      if (!message.finding) return void inputs++;
      findings.push(message.finding);
      const { kind, problem, input, told } = message.finding;
      tell(`${problem} (${kind}, input ${at}):\n  ${input.slice(0, 1500)}\n  ${told.slice(0, 1500)}`);
    });
    child.on('exit', () => (alive = false));
    while (alive && !isOver() && performance.now() - heard < longestInputMilliseconds)
      await new Promise((resolve) => setTimeout(resolve, 200));
    if (alive && !isOver()) {
      hangs++;
      tell(`hang: input ${at} of seed ${seed}`);
    }
    if (!alive) tell(`the process ended at input ${at} of seed ${seed}: ${words}`);
    if (!alive) hangs++;
    child.kill('SIGKILL');
    at++;
  }
  return { inputs, hangs, findings };
}

/** Rounds of kills that go on side by side: each waits for most of its time. */
const killers = 3;

async function killing(folder: string, seed: number, isOver: () => boolean, tell: (line: string) => void) {
  const counts = noKills();
  const killer = async (_: unknown, at: number) => {
    const kills = new Kills(join(folder, `kills-${at}`), createRng(seed).split('kills').split(at), counts, tell);
    await kills.prepare();
    while (!isOver()) await kills.round(8, isOver);
  };
  await Promise.all(Array.from({ length: killers }, killer));
  return counts;
}

/** Attacks for so many minutes. */
export async function attack(minutes: number, seed: number, tell: (line: string) => void): Promise<Counts> {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'zoo-attack-'));
  const end = performance.now() + 60_000 * minutes;
  const isOver = () => performance.now() >= end;
  try {
    const [kills, inputs] = await Promise.all([
      killing(folder, seed, isOver, tell),
      fuzzing(folder, seed, isOver, tell),
    ]);
    return { kills, ...inputs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const options = { minutes: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } } as const;
  const { minutes, seed } = parseArgs({ options }).values;
  const { kills, inputs, hangs, findings } = await attack(Number(minutes), Number(seed), (line) => console.log(line));
  const of = (problem: Finding['problem']) => findings.filter((finding) => finding.problem === problem).length;
  console.log(`seed ${seed}, ${minutes} minutes`);
  console.table({
    ...kills,
    ...{ inputs, hangs, 'error unexpected': of('unexpected'), 'control characters': of('control characters') },
    ...{ 'ignored keys': of('ignored key'), malformed: of('malformed'), 'exit codes': of('exit code') },
  });
  const { kills: _, runs: __, ...harm } = kills;
  const isHarmless = hangs === 0 && findings.length === 0 && Object.values(harm).every((count) => count === 0);
  process.exitCode = isHarmless ? 0 : 1;
}

if (require.main === module) void main();
