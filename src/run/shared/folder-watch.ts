import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../core/contracts/execution';
import type { Job } from '../../core/contracts/record';
import type { Kept } from '../../core/experiment';
import type { FileStore } from '../store/file-store';
import { finishedRecord } from '../store/weights';
import { wordsOf } from './owner';
import { Claims, type Claimed } from './claims';

export interface FollowOptions {
  /** Milliseconds between looks. */
  readonly every?: number;
  /** A record without what is to be kept with it is not finished. */
  readonly keep?: readonly Kept[];
  /** Called before each look with the jobs that are neither finished nor failed. */
  readonly beforeLook?: (open: readonly Job[]) => Promise<void> | void;
}

/** Looks at claims alone between two at everything: each job that is open takes looking for a file. */
const looksPerSweep = 5;

/**
 * Tells what becomes of jobs that others measure into a folder, until each is finished or has failed, or until the signal.
 * Workers are numbered as they are seen.
 */
export async function followFolder(
  jobs: readonly Job[],
  store: FileStore,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
  { every = 2_000, keep, beforeLook }: FollowOptions = {},
): Promise<void> {
  const claims = new Claims(store.location);
  const open = new Map(jobs.map((job) => [job.key, job]));
  const seen = new Map<string, Claimed & { readonly worker: number }>();
  const workers = new Map<string, number>();
  const workerOf = ({ owner }: Claimed): number => {
    const name = owner ? `${owner.host} ${owner.processId} ${owner.started}` : '';
    return workers.get(name) ?? workers.set(name, workers.size).get(name)!;
  };

  /** Whether the job ended, which is told. */
  const hasEnded = async (cell: Job): Promise<boolean> => {
    const worker = seen.get(cell.key)?.worker ?? 0;
    const record = await finishedRecord(store, cell, keep);
    const error = record ? undefined : store.failureOf(cell);
    if (!record && !error) return false;
    if (!seen.has(cell.key)) onEvent({ type: 'cell-started', cell, worker });
    if (record) onEvent({ type: 'cell-finished', cell, worker, record });
    else onEvent({ type: 'cell-failed', cell, worker, error: error! });
    open.delete(cell.key);
    seen.delete(cell.key);
    return true;
  };

  const see = (claimed: Claimed, cell: Job): void => {
    const worker = workerOf(claimed);
    const before = seen.get(claimed.key);
    if (before && before.worker !== worker) lose(before, cell);
    if (before?.worker !== worker) onEvent({ type: 'cell-started', cell, worker });
    const { progress } = claimed;
    if (progress && JSON.stringify(progress) !== JSON.stringify(before?.progress))
      onEvent({ type: 'cell-progress', cell, worker, progress });
    seen.set(claimed.key, { ...claimed, worker });
  };

  const lose = ({ key, worker, owner }: Claimed & { readonly worker: number }, cell: Job): void => {
    onEvent({ type: 'worker-lost', cell, worker, reason: `${wordsOf(owner)} has let go of it`, retry: true });
    seen.delete(key);
  };

  for (let look = 0; open.size > 0 && !signal.aborted; look++) {
    await beforeLook?.([...open.values()]);
    const holding = new Map(
      claims.all().flatMap((each) => (each.holds && open.has(each.key) ? [[each.key, each]] : [])),
    );
    for (const [key, claimed] of holding) see(claimed, open.get(key)!);
    for (const [key, before] of [...seen])
      if (!holding.has(key) && !(await hasEnded(open.get(key)!))) lose(before, open.get(key)!);
    if (look % looksPerSweep === 0) for (const [key, job] of [...open]) if (!holding.has(key)) await hasEnded(job);
    if (open.size > 0) await sleep(every, undefined, { signal }).catch(() => {});
  }
}
