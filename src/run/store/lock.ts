import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { hostInNames, hostOfName, temporaryBeside } from '../../core/atomic-file';
import { systemClock } from '../../core/clock';
import { ZooError, zooError } from '../../core/errors';
import { systemReason } from '../../core/system-reason';

/** The right of this process to run cells into a folder. */
export interface FolderLock {
  /** Aborts with `folder-lost` when another process took the folder: it may after a minute without a heartbeat. */
  readonly lost: AbortSignal;
  /** Lets go; so does the end of the process. */
  release(): void;
}

interface Owner {
  /** As it is written in names of files. */
  readonly host: string;
  readonly processId: number;
  /** When the process started, where the system says so: process ids are used again. */
  readonly started: string;
}

/** Milliseconds between heartbeats, and without one until the lock of another host no longer holds. */
const heartbeats = { update: 5_000, stale: 60_000 };

/** How often to try again when a lock is let go or taken while it is looked at. */
const mostAttempts = 100;

const lockOf = (folder: string) => join(folder, 'lock');
let locksTaken = 0;

/**
 * Makes this process the only one that runs cells into a folder. The lock is a folder `lock` that holds one empty
 * file: its name is the owner, the time of its change the heartbeat. A lock is made and passed on by changes of names
 * that only one process can make, so it is never without an owner, and never free while it passes from one to another:
 * - it is made aside and moved to its place, which fails where a lock is;
 * - it is taken from a dead owner by renaming the owner's file, which fails where another process was quicker.
 *
 * The lock of a process of this host holds as long as the process lives; that of another host, of which only the
 * heartbeat can be known, until it has had none for `stale`.
 * @throws folder-in-use naming the process that has it, or unwritable-folder
 */
export function lockFolder(folder: string, { update, stale } = heartbeats): FolderLock {
  const own = [hostInNames, process.pid, startOf(process.pid), locksTaken++].join('.');
  const file = join(lockOf(folder), own);
  take(folder, own, stale);
  const losing = new AbortController();
  const beating = setInterval(() => {
    try {
      beat(file);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return; // a disk out of reach may come back, and then shows who has the lock
      clearInterval(beating);
      losing.abort(lost(folder));
    }
  }, update).unref();
  const release = () => {
    clearInterval(beating);
    process.off('exit', release);
    letGo(lockOf(folder), file);
  };
  process.on('exit', release);
  return { lost: losing.signal, release };
}

function take(folder: string, own: string, stale: number): void {
  const aside = temporaryBeside(lockOf(folder));
  try {
    mkdirSync(aside);
    writeFileSync(join(aside, own), '');
    for (let attempt = 0; attempt < mostAttempts; attempt++)
      if (isMoved(aside, lockOf(folder)) || isTakenOver(folder, own, stale)) return;
  } catch (error) {
    if (error instanceof ZooError) throw error;
    throw zooError('unwritable-folder', { folder, reason: systemReason(error) });
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  throw inUse(folder, null);
}

/** Moves a lock that was made aside to its place; false where one is. */
function isMoved(aside: string, lock: string): boolean {
  try {
    renameSync(aside, lock);
    return true;
  } catch (error) {
    // EPERM is what Windows says when a folder is there.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error))) return false;
    throw error;
  }
}

/** Takes the lock of a dead owner; false when it was let go or taken in the meantime. */
function isTakenOver(folder: string, own: string, stale: number): boolean {
  const lock = lockOf(folder);
  try {
    const names = readdirSync(lock).sort();
    const [first] = names;
    if (first === undefined) {
      rmdirSync(lock); // its owner was killed while it let go
      return false;
    }
    const holder = names.find((name) => holds(join(lock, name), stale));
    if (holder !== undefined) throw inUse(folder, ownerOf(holder));
    beat(join(lock, first)); // before the renaming: the lock must not look stale to another host right after it
    renameSync(join(lock, first), join(lock, own));
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return false;
    throw error;
  }
}

function letGo(lock: string, file: string): void {
  try {
    rmSync(file);
    rmdirSync(lock);
  } catch {
    // Lost, taken by the next at this moment, or on a disk that is gone: a lock of a dead process does not hold.
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

const now = () => Date.parse(systemClock.timestamp());
const beat = (file: string) => utimesSync(file, now() / 1000, now() / 1000);

const named = ({ processId, host }: Owner): string => `process ${processId} on ${hostOfName(host)}`;

const inUse = (folder: string, owner: Owner | null) =>
  zooError('folder-in-use', { folder, owner: owner ? named(owner) : 'a process that does not say which' });

function lost(folder: string) {
  const owner = ownerIn(folder);
  return zooError('folder-lost', { folder, reason: owner ? `${named(owner)} has taken it` : 'its lock was removed' });
}

function ownerIn(folder: string): Owner | null {
  try {
    return ownerOf(readdirSync(lockOf(folder))[0] ?? '');
  } catch {
    return null;
  }
}

function ownerOf(name: string): Owner | null {
  const [, host, processId, started] = /^([^.]+)\.(\d+)\.(\w+)\.\d+$/.exec(name) ?? [];
  return host && started ? { host, processId: Number(processId), started } : null;
}

/** Whether the owner that a file of a lock names has it. Of one that is not named the heartbeat alone counts. */
function holds(file: string, stale: number): boolean {
  const owner = ownerOf(basename(file));
  return owner?.host === hostInNames ? lives(owner) : now() - statSync(file).mtimeMs < stale;
}

function lives({ processId, started }: Owner): boolean {
  try {
    process.kill(processId, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
  return started === startOf(processId);
}

/** Start of a process in ticks since boot, from Linux's /proc; "unknown" elsewhere. */
function startOf(processId: number): string {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [state, started] = [fields[0], fields[19]]; // fields 3 and 22 of stat(5)
    return state === 'Z' ? 'dead' : (started ?? 'unknown'); // a dead process that nobody has waited for holds nothing
  } catch {
    return 'unknown';
  }
}
