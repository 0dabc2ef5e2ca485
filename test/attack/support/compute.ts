import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Computed {
  readonly engine?: string;
  readonly result?: readonly number[];
  readonly notes: readonly string[];
  readonly error?: string;
}

/** A process that computes x * x + x for 1, 2, 3 on the engine that `auto` takes, in these surroundings. */
export function compute(environment: Record<string, string>): Computed {
  const { CHOMSKY_ZOO_PRIVATE_CACHE: _, XDG_CACHE_HOME: __, ...inherited } = process.env;
  const script = join(__dirname, 'compute-process.cjs');
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...inherited, ...environment },
    timeout: 120_000,
  });
  if (!stdout) throw new Error(`nothing was computed (${signal ?? status}): ${stderr}`);
  return JSON.parse(stdout) as Computed;
}

export const computed = { engine: 'native', result: [2, 6, 12] };
