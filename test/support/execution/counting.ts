import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cell } from '../../../src/core/contracts/record';
import { makeCell } from '../records';

export const countingRunner = join(__dirname, 'counting-runner.js');

export interface Behaviour {
  readonly steps: number;
  /** Milliseconds after each step. */
  readonly pause?: number;
  readonly behaviour?: 'throw' | 'crash' | 'hog' | 'deaf';
}

/** A cell for the counting runner. */
export function countingCell(task: string, hyperparameters: Behaviour, seed = 1): Cell {
  const { key, specification, plugins } = makeCell({ task, seed });
  return {
    key,
    plugins,
    specification: {
      ...specification,
      architecture: { ...specification.architecture, hyperparameters: { ...hyperparameters } },
    },
  };
}

/** A folder that the counting runner writes to, gone after the test. */
export function countingFolder() {
  const location = mkdtempSync(join(tmpdir(), 'zoo-execution-'));
  const read = (key: string, kind: string) => readFileSync(join(location, `${key}.${kind}`), 'utf8');
  return {
    location,
    options: { storeLocation: location, engine: 'cpu' as const, threads: 1 },
    /** Process that runs or ran a cell. */
    processOf: (key: string) => Number(read(key, 'pid')),
    /** Every step taken for a cell, repeated ones as often as they were taken. */
    stepsOf: (key: string) => read(key, 'log').trim().split('\n').map(Number),
    checkpointOf: (key: string) =>
      existsSync(join(location, `${key}.checkpoint`)) ? (JSON.parse(read(key, 'checkpoint')).step as number) : null,
    /** Results of all finished cells by key. */
    values: () =>
      Object.fromEntries(
        readdirSync(location)
          .filter((name) => name.endsWith('.record'))
          .sort()
          .map((name) => {
            const { key, value } = JSON.parse(readFileSync(join(location, name), 'utf8')) as {
              key: string;
              value: number;
            };
            return [key, value];
          }),
      ),
    remove: () => rmSync(location, { recursive: true, force: true }),
  };
}

/** Waits until something is so, or fails after twenty seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (condition()) return;
    await sleep(10);
  }
  throw new Error(`waited twenty seconds in vain: ${what}`);
}

/** Whether a process is there (and not merely waiting to be reaped). */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !existsSync('/proc/self/stat') || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
