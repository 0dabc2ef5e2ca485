import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { fromJson, type Payload, type Told } from '../src/payload';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis && process.env.ZOO_REDIS_SERVER === 'required')
  throw new Error('redis-server must be here: apt-get install redis-server');

/** With a real server; skipped, and said to be, where none is installed. */
export const describeWithRedis: typeof describe = hasRedis
  ? describe
  : (Object.assign((name: string, body: () => void) =>
      describe.skip(`no redis-server here (apt-get install redis-server): ${name}`, body),
    ) as typeof describe);

export const password = 'a-secret-that-nobody-may-see';

/** A server of our own on a free port, which keeps nothing on disk. */
export async function startRedis(): Promise<{ address(database: number): string; end(): void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--requirepass', password, '--databases', '32'];
  const child = spawn('redis-server', [...words, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const address = (database: number) => `redis://:${password}@127.0.0.1:${port}/${database}`;
  const probe = new Redis(address(0), { retryStrategy: () => 50, maxRetriesPerRequest: null });
  probe.on('error', () => {});
  await probe.ping();
  probe.disconnect();
  return { address, end: () => void child.kill() };
}

/** A folder for one test, gone after it. */
export function newFolder() {
  const path = mkdtempSync(join(tmpdir(), 'zoo-bullmq-test-'));
  return {
    path,
    write: (name: string, content: string) => writeFileSync(join(path, name), content),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

const zooRoot = dirname(require.resolve('chomsky-zoo/package.json'));
export const example = join(__dirname, '..');

/** A process and what it has printed. */
export class Command {
  text = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(words: readonly string[], options: { cwd: string; redis?: string }) {
    this.child = spawn(process.execPath, words, {
      cwd: options.cwd,
      env: { ...process.env, ...(options.redis && { ZOO_REDIS: options.redis }) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => (this.text += text));
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code)));
  }
  get processId(): number {
    return this.child.pid!;
  }
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

export const zoo = (words: readonly string[], options: { cwd: string; redis?: string }) =>
  new Command([join(zooRoot, 'dist', 'src', 'cli', 'main.js'), ...words], options);
export const worker = (words: readonly string[], options: { cwd: string; redis: string }) =>
  new Command([join(example, 'dist', 'main.js'), 'work', '--workers', '1', '--lock-seconds', '1', ...words], options);

/** Records of a folder by key, without what may differ between two runs. */
export function recordsIn(folder: string): Map<string, { provenance: Record<string, unknown>; results: unknown }> {
  const files = readdirSync(join(folder, 'records'), { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((name) => name.endsWith('.json'))
      .map((name) => {
        const { provenance, ...results } = JSON.parse(readFileSync(join(folder, 'records', name), 'utf8'));
        return [results.key, { provenance, results }];
      }),
  );
}
export const resultsIn = (folder: string) =>
  new Map([...recordsIn(folder)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { results }]) => [key, results]));

/** What a test sees of the queue. */
export class Seen {
  private readonly redis: Redis;
  readonly queue: Queue<Payload>;

  constructor(address: string, name = 'chomsky-zoo') {
    this.redis = new Redis(address, { maxRetriesPerRequest: null });
    this.queue = new Queue(name, { connection: this.redis });
  }
  /** How often each job was completed. */
  async completions(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const [, fields] of await this.redis.xrange(this.queue.toKey('events'), '-', '+')) {
      const event = Object.fromEntries(fields.flatMap((name, at) => (at % 2 ? [] : [[name, fields[at + 1]!]])));
      if (event.event === 'completed') counts.set(event.jobId!, (counts.get(event.jobId!) ?? 0) + 1);
    }
    return counts;
  }
  keys = (pattern: string): Promise<string[]> => this.redis.keys(pattern);

  /** Waits for a job that has been trained for some steps, and says which process has it. */
  async training(steps = 1): Promise<{ job: Job<Payload>; processId: number }> {
    for (;;) {
      for (const job of await this.queue.getJobs(['active'])) {
        const { told = '{}' } = (job?.progress ?? {}) as { told?: string };
        const { worker: name = '', progress } = fromJson(told) as Partial<Told>;
        if (progress?.phase === 'training' && progress.step >= steps)
          return { job, processId: Number(/ (\d+)\.\d+$/.exec(name)![1]) };
      }
      await sleep(20);
    }
  }
  async end(): Promise<void> {
    await this.queue.close();
    this.redis.disconnect();
  }
}
