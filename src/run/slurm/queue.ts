import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { zooError } from '../../core/errors';

/** A task of an array: one that waits or runs, or has ended a moment ago. */
export interface QueuedTask {
  /** Name of the job. */
  readonly name: string;
  /** In the array; undefined for all tasks that are not told of one by one: those of an array that ended before they began. */
  readonly index: number | undefined;
  /** As scontrol takes it: 12_3. */
  readonly id: string;
  readonly state: string;
  /** Whether it waits or runs. */
  readonly isOpen: boolean;
  /** Where it runs. */
  readonly node: string;
  /** Why it waits. */
  readonly reason: string;
}

const run = promisify(execFile);
const fields = ['name', 'index', 'id', 'state', 'node', 'reason'] as const;
/** Every other state is one of waiting, running or ending. */
const endStates =
  /^(BOOT_FAIL|CANCELLED|COMPLETED|DEADLINE|FAILED|NODE_FAIL|OUT_OF_MEMORY|PREEMPTED|REVOKED|SPECIAL_EXIT|TIMEOUT)$/;
/** Answers about a hundred thousand tasks fit. */
const maxBuffer = 2 ** 26;

/** Slurm's queue as its commands show it. Words are handed over as they are, never through a shell. */
export class Queue {
  /** @throws scheduler-failed with what sbatch says */
  async submit(options: readonly string[], script: string): Promise<string> {
    const said = await this.ask('sbatch', ['--parsable', ...options, script]);
    return said.trim().split(';')[0]!; // a cluster's name may follow
  }

  /** Tasks of jobs of these names, as far as the controller still knows of them. @throws scheduler-failed */
  async tasks(names: readonly string[]): Promise<QueuedTask[]> {
    if (names.length === 0) return [];
    const options = [
      '--noheader',
      '--array',
      '--states=all',
      `--name=${names.join(',')}`,
      '--format=%j|%K|%i|%T|%N|%r',
    ];
    const lines = (await this.ask('squeue', options)).split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const values = line.trim().split('|');
      const told = Object.fromEntries(fields.map((field, at) => [field, values[at] ?? '']));
      return {
        ...(told as unknown as QueuedTask),
        index: /^\d+$/.test(told.index!) ? Number(told.index) : undefined,
        isOpen: !endStates.test(told.state!),
      };
    });
  }

  /** Ends tasks by their ids, or whatever has one of these names. @throws scheduler-failed */
  async cancel(what: { readonly ids: readonly string[] } | { readonly names: readonly string[] }): Promise<void> {
    const words = 'ids' in what ? what.ids : what.names.map((name) => `--name=${name}`);
    // One name at a time: several narrow each other down.
    if ('ids' in what && words.length > 0) await this.ask('scancel', words);
    else for (const word of words) await this.ask('scancel', [word]);
  }

  /** How many tasks an array may have. @throws scheduler-failed */
  async largestArray(): Promise<number> {
    const [, size] = /^MaxArraySize\s*=\s*(\d+)/m.exec(await this.ask('scontrol', ['show', 'config'])) ?? [];
    return Math.max(1, Number(size ?? 1001) - 1);
  }

  private async ask(command: string, words: readonly string[]): Promise<string> {
    // What a person has set for looking at the queue would hide tasks from us.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SQUEUE_')));
    try {
      return (await run(command, words, { env, maxBuffer })).stdout;
    } catch (error) {
      throw zooError('scheduler-failed', { command, reason: reasonOf(error) });
    }
  }
}

function reasonOf(error: unknown): string {
  const { code, stderr = '', message } = error as { code?: unknown; stderr?: string; message: string };
  if (code === 'ENOENT') return 'there is no such command here';
  const lines = stderr.split('\n').map((line) => line.replace(/^\w+: (error|fatal): /, '').trim());
  return lines.filter(Boolean).join('; ') || message;
}
