import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'bullmq';
import type { RecordOf, SerialisedError } from 'chomsky-zoo/executors';
import { CellQueue } from './cell-queue';
import type { Payload } from './payload';
import { connect } from './redis';
import { Slot } from './slot';
import type { BullmqSettings } from './settings';

export interface WorkerSettings extends BullmqSettings {
  /** Cells at a time, each in a process. */
  readonly workers: number;
  readonly plugins: readonly string[];
  /** End when the queue has nothing left, waiting or at work elsewhere. */
  readonly untilIdle: boolean;
  /** How long a worker may be silent until its cell is another's. */
  readonly lockSeconds: number;
  readonly signal: AbortSignal;
  note(line: string): void;
}

/** Milliseconds between looks at whether anything is left. */
const betweenLooks = 1_000;

/**
 * Measures cells of a queue until the signal, or until it is idle. Resolves with the error of a cell that this machine could
 * not measure and others may: it takes no more then.
 */
export async function measureCells(settings: WorkerSettings): Promise<SerialisedError | undefined> {
  const { signal, note, lockSeconds, workers } = settings;
  const queue = new CellQueue(await connect(settings.redis), settings.queue, settings.keepDays);
  const home = mkdtempSync(join(tmpdir(), 'zoo-bullmq-'));
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  signal.addEventListener('abort', leave);
  let refusal: SerialisedError | undefined;
  const slots = Array.from({ length: workers }, (_, at) => {
    const onRefusal = (error: SerialisedError) => {
      refusal ??= error;
      leave();
    };
    const [name, folder] = [`${hostname()} ${process.pid}.${at}`, join(home, String(at))];
    return new Slot(queue, { name, folder, plugins: settings.plugins, note, onRefusal });
  });
  const idle = [...slots];
  const worker = new Worker<Payload, RecordOf>(
    settings.queue,
    async (job, token) => {
      const slot = idle.pop()!;
      try {
        return await slot.measure(job, token!);
      } finally {
        idle.push(slot);
      }
    },
    {
      connection: queue.redis,
      concurrency: workers,
      lockDuration: lockSeconds * 1000,
      stalledInterval: (lockSeconds * 1000) / 2,
      maxStalledCount: 2,
      drainDelay: 2,
    },
  );
  worker.on('error', () => {}); // connections are made again, and a lost lock is told below
  worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => slots.forEach((slot) => slot.drop(id))));
  worker.on('completed', ({ name }) => note(`finished ${name}`));
  worker.on('failed', (job, { message }) => note(`ended ${job?.name ?? 'a cell'}: ${message.split('\n')[0]}`));
  try {
    const busy = { counts: 0 };
    while (!leaving.signal.aborted && !(settings.untilIdle && busy.counts >= 2)) {
      await sleep(betweenLooks, undefined, { signal: leaving.signal }).catch(() => {});
      if (!settings.untilIdle || leaving.signal.aborted) continue;
      const counts = await queue.cells.getJobCounts('wait', 'active', 'delayed', 'prioritized');
      const isIdle = Object.values(counts).every((count) => count === 0);
      busy.counts = isIdle ? busy.counts + 1 : 0; // twice: between two lists a job may be in neither
    }
    if (leaving.signal.aborted) slots.forEach((slot) => slot.leave());
    await worker.close();
  } finally {
    signal.removeEventListener('abort', leave);
    await Promise.all(slots.map((slot) => slot.end()));
    rmSync(home, { recursive: true, force: true });
    await queue.close();
  }
  return refusal;
}
