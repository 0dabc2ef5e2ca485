#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { RedisError } from './redis';
import { BullmqSettings } from './settings';
import { measureCells } from './worker';

const usage = `Usage: zoo-bullmq work [options]

Measures cells that \`zoo run --plugin zoo-bullmq --executor bullmq\` has put into a queue.

  --redis ADDRESS      default: the environment variable ZOO_REDIS, or redis://127.0.0.1:6379
  --queue NAME         default: chomsky-zoo
  --workers N          cells at a time, each in a process; default: one for each core
  --plugin FILE        a plugin that cells need, as it is on this machine; may be repeated
  --until-idle         end when nothing is left in the queue; otherwise wait for more
  --lock-seconds N     after so long without a word a worker counts as dead; default: 10

SIGTERM and Ctrl-C save what is running and give it back to the queue.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      redis: { type: 'string' },
      queue: { type: 'string' },
      workers: { type: 'string', default: String(availableParallelism()) },
      plugin: { type: 'string', multiple: true, default: [] },
      'until-idle': { type: 'boolean', default: false },
      'lock-seconds': { type: 'string', default: '10' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.join(' ') !== 'work') {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const [workers, lockSeconds] = [values.workers, values['lock-seconds']].map(Number);
  if (!(Number.isInteger(workers) && workers! >= 1))
    throw new TypeError(`--workers is ${values.workers}: must be 1 or more`);
  if (!(lockSeconds! >= 1)) throw new TypeError(`--lock-seconds is ${values['lock-seconds']}: must be 1 or more`);
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
  const note = (line: string) => void process.stderr.write(`${line}\n`);
  const { redis, queue } = values;
  const refusal = await measureCells({
    ...Object.assign(new BullmqSettings(), redis !== undefined && { redis }, queue !== undefined && { queue }),
    workers: workers!,
    lockSeconds: lockSeconds!,
    plugins: values.plugin.map(fileOf),
    untilIdle: values['until-idle'],
    signal: stopping.signal,
    note,
  });
  if (refusal)
    note(`error ${refusal.code}: this machine cannot measure what is asked, and takes no more\n  ${refusal.message}`);
  return refusal ? 1 : 0;
}

/** A file, or the main file of a package that is installed where this is started. */
const fileOf = (plugin: string): string =>
  createRequire(join(process.cwd(), 'plugin')).resolve(/^[./]|\.[cm]?[jt]s$/.test(plugin) ? resolve(plugin) : plugin);

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const { message } = error as Error;
    process.stderr.write(`${error instanceof RedisError ? `error ${error.code}\n  ` : ''}${message}\n`);
    process.exitCode = 2;
  },
);
