import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Queue, type JobType } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Payload } from './payload';
import { RedisError } from './redis';

const day = 24 * 60 * 60;
/** Events that are kept for whoever listens; a submitter that missed some looks at the jobs themselves. */
const keptEvents = 2000;
/** Larger checkpoints, weights and files are not put into Redis. */
export const mostBytes = 64 * 2 ** 20;
/** How long a job that was told to stop is told so. */
const secondsOfStop = 60 * 60;

export type Cells = Queue<Payload>;

/** A queue of cells, and what lies beside it in Redis under `zoo:QUEUE:`. Everything there expires. */
export class CellQueue {
  readonly cells: Cells;

  constructor(
    readonly redis: Redis,
    readonly name: string,
    private readonly keepDays: number,
  ) {
    this.cells = new Queue(name, { connection: redis, streams: { events: { maxLen: keptEvents } } });
    this.cells.on('error', () => {}); // the connection is made again
  }

  /** Puts jobs into the queue, those that are there already not again. */
  async add(
    jobs: readonly { readonly id: string; readonly label: string; readonly payload: Payload }[],
  ): Promise<void> {
    const kept = { age: this.keepDays * day };
    const opts = { attempts: 3, removeOnComplete: kept, removeOnFail: kept, stackTraceLimit: 0 };
    for (const some of chunks(jobs))
      await this.cells.addBulk(
        some.map(({ id, label, payload }) => ({ name: label, data: payload, opts: { ...opts, jobId: id } })),
      );
  }

  /** Takes waiting jobs out and tells those at work to stop. */
  async stop(ids: readonly string[]): Promise<{ removed: string[]; told: string[] }> {
    const [removed, told]: string[][] = [[], []];
    for (const some of chunks(ids))
      await Promise.all(
        some.map(async (id) => {
          await this.redis.set(this.key('stop', id), '1', 'EX', secondsOfStop); // first: it may begin in between
          const state = await this.cells.getJobState(id);
          if (state === 'unknown' || state === 'completed') return this.redis.del(this.key('stop', id));
          const isRemoved = (await this.cells.remove(id)) === 1;
          (isRemoved ? removed : told)!.push(id);
          return isRemoved ? this.redis.del(this.key('stop', id)) : undefined;
        }),
      );
    return { removed: removed!, told: told! };
  }
  isStopped = async (id: string): Promise<boolean> => (await this.redis.exists(this.key('stop', id))) === 1;

  /** Ids of all jobs in some states. */
  async ids(...states: JobType[]): Promise<Set<string>> {
    return new Set(await this.cells.getRanges(states, 0, -1));
  }

  /** Forgets that jobs were stopped or refused, and how they failed before: they are to be tried anew. */
  async renew(ids: readonly string[]): Promise<void> {
    const failed = await this.ids('failed');
    for (const some of chunks(ids)) {
      await this.redis.del(...some.flatMap((id) => [this.key('stop', id), this.key('refused', id)]));
      await Promise.all(some.filter((id) => failed.has(id)).map((id) => this.cells.remove(id)));
    }
  }

  /** Counts workers that could not measure a job. */
  async refuse(id: string): Promise<number> {
    const key = this.key('refused', id);
    const [[, count]] = (await this.redis.multi().incr(key).expire(key, day).exec()) as [[null, number]];
    return count;
  }

  /** False where it is too large to be kept. */
  async saveCheckpoint(key: string, content: Uint8Array): Promise<boolean> {
    return this.put(this.key('checkpoint', key), content);
  }
  loadCheckpoint = (key: string): Promise<Buffer | null> => this.redis.getBuffer(this.key('checkpoint', key));
  removeCheckpoint = (key: string): Promise<number> => this.redis.del(this.key('checkpoint', key));

  saveWeights = (digest: string, content: Uint8Array): Promise<boolean> =>
    this.put(this.key('weights', digest), content);
  loadWeights = (digest: string): Promise<Buffer | null> => this.redis.getBuffer(this.key('weights', digest));
  removeWeights = (digest: string): Promise<number> => this.redis.del(this.key('weights', digest));

  /** Brings a file or a folder that a task is made of, once. @throws RedisError where it is too large */
  async saveData(digest: string, path: string): Promise<void> {
    const key = this.key('data', digest);
    const isFolder = statSync(path).isDirectory();
    const names = isFolder ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [''];
    const files = names.filter((name) => statSync(join(path, name)).isFile());
    const size = files.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
    if (size > mostBytes)
      throw new RedisError(
        `${path} has ${size} bytes, and at most ${mostBytes} are sent through Redis.`,
        'Take a part of it.',
      );
    if ((await this.redis.exists(key)) === 0) {
      const content = files.map((name) => [join(basename(path), name), readFileSync(join(path, name))] as const);
      await this.redis.hset(key, new Map(content));
    }
    await this.redis.expire(key, this.keepDays * day);
  }

  /** Writes it below a folder; the path it has there, or undefined where it is no longer in Redis. */
  async loadData(digest: string, folder: string): Promise<string | undefined> {
    const files = await this.redis.hgetallBuffer(this.key('data', digest));
    const names = Object.keys(files);
    if (names.length === 0) return undefined;
    for (const name of names) {
      const file = join(folder, digest, name);
      if (!file.startsWith(join(folder, digest))) continue; // never outside of it
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, files[name]!);
    }
    return join(folder, digest, names[0]!.split(/[\\/]/)[0]!);
  }

  async close(): Promise<void> {
    await this.cells.close().catch(() => {});
    this.redis.disconnect();
  }

  private async put(key: string, content: Uint8Array): Promise<boolean> {
    if (content.byteLength > mostBytes) return false;
    await this.redis.set(key, Buffer.from(content), 'EX', this.keepDays * day);
    return true;
  }
  private key = (kind: string, id: string): string => `zoo:${this.name}:${kind}:${id}`;
}

/** So many commands wait for an answer at a time. */
const chunkSize = 500;

export function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, at) =>
    items.slice(at * chunkSize, (at + 1) * chunkSize),
  );
}
