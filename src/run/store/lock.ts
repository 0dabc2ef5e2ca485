import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { check, lock } from 'proper-lockfile';
import { temporaryBeside, writeAtomically } from '../../core/atomic-file';
import { zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';

/** The right of this process to run cells into a folder. */
export interface FolderLock {
  /** Aborts with `folder-lost` when another process took the folder, which it may after a minute without a heartbeat. */
  readonly lost: AbortSignal;
  /** Lets go. */
  release(): Promise<void>;
}

interface Owner {
  readonly processId: number;
  readonly host: string;
  /** When the process started, where the system says so: process ids are used again. */
  readonly started: string | null;
}

/** Milliseconds between heartbeats, and without one until the lock no longer holds. */
const heartbeats = { update: 5_000, stale: 60_000 };

const ownerFile = (folder: string) => join(folder, 'lock.json');
const lockFile = (folder: string) => join(folder, 'lock');

/**
 * Makes this process the only one that runs cells into a folder. The lock is a folder `lock`, whose time of change is the
 * heartbeat, beside `lock.json`, which names the owner. The lock of a process of this host holds as long as the process
 * lives; that of another host, of which only the heartbeat can be known, until it has had none for `stale`.
 * @throws folder-in-use naming the process that has it, or unwritable-folder
 */
export async function lockFolder(folder: string, timing = heartbeats): Promise<FolderLock> {
  const options = { ...timing, lockfilePath: lockFile(folder) };
  const previous = ownerOf(ownerFile(folder));
  if (previous) {
    const holds = previous.host === hostname() ? lives(previous) : await check(folder, options);
    if (holds) throw inUse(folder, previous);
    clear(folder, previous);
  }
  const own: Owner = { processId: process.pid, host: hostname(), started: startOf(process.pid) };
  const losing = new AbortController();
  const unlock = await lock(folder, {
    ...options,
    onCompromised: () => losing.abort(lost(folder, own)),
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ELOCKED' ? inUse(folder, ownerOf(ownerFile(folder))) : unwritable(folder, error);
  });
  try {
    writeAtomically(ownerFile(folder), JSON.stringify(own));
  } catch (error) {
    await unlock().catch(() => {});
    throw unwritable(folder, error);
  }
  return {
    lost: losing.signal,
    release: async () => {
      if (isSame(ownerOf(ownerFile(folder)), own)) rmSync(ownerFile(folder), { force: true });
      await unlock().catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ERELEASED') throw error; // let go already, or lost
      });
    },
  };
}

const named = ({ processId, host }: Owner): string => `process ${processId} on ${host}`;

const unwritable = (folder: string, error: unknown) =>
  zooError('unwritable-folder', { folder, reason: systemReason(error) });

const inUse = (folder: string, owner: Owner | null) =>
  zooError('folder-in-use', { folder, owner: owner ? named(owner) : 'a process that has only just begun' });

function lost(folder: string, own: Owner) {
  const owner = ownerOf(ownerFile(folder));
  const reason = owner && !isSame(owner, own) ? `${named(owner)} has taken it` : 'its lock was removed';
  return zooError('folder-lost', { folder, reason });
}

/**
 * Removes a lock that does not hold. Whoever moves the name of its owner away may remove it, so that of several processes
 * only one does; a name that is another one by now goes back.
 */
function clear(folder: string, owner: Owner): void {
  const aside = temporaryBeside(ownerFile(folder));
  try {
    renameSync(ownerFile(folder), aside);
    if (isSame(ownerOf(aside), owner)) rmSync(lockFile(folder), { recursive: true, force: true });
    else linkSync(aside, ownerFile(folder));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw unwritable(folder, error);
  } finally {
    rmSync(aside, { force: true });
  }
}

function ownerOf(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null; // let go in the meantime, or damaged: the heartbeat alone counts
  }
}

const isSame = (one: Owner | null, { processId, host, started }: Owner): boolean =>
  one?.processId === processId && one.host === host && one.started === started;

function lives({ processId, started }: Owner): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return started === startOf(processId);
}

/** Start of a process in ticks since boot, from Linux's /proc; null elsewhere. */
function startOf(processId: number): string | null {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [state, started] = [fields[0], fields[19]]; // fields 3 and 22 of stat(5)
    return state === 'Z' ? null : (started ?? null); // a dead process that nobody has waited for holds nothing
  } catch {
    return null;
  }
}
