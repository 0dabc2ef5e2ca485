import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { zooError } from '../../core/errors';

interface Owner {
  readonly processId: number;
  readonly host: string;
  /** When the process started, where the system says so: process ids are used again. */
  readonly started: string | null;
}

/**
 * Makes this process the only one that runs cells into a folder; the returned function lets go. A lock whose process
 * is gone, by `kill -9` or by power cut, does not hold.
 * @throws folder-in-use naming the process that has it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock.json');
  const own: Owner = { processId: process.pid, host: hostname(), started: startOf(process.pid) };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (;;) {
      try {
        linkSync(draft, file); // fails where the lock is there; never half-written
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const owner = ownerOf(file);
        if (owner && holds(owner)) {
          throw zooError('folder-in-use', { folder, owner: `process ${owner.processId} on ${owner.host}` });
        }
        setAside(file);
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a lock that does not hold, unless somebody else has replaced it in the meantime. */
function setAside(file: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    const owner = ownerOf(aside);
    if (owner && holds(owner)) linkSync(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function ownerOf(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return null; // let go in the meantime, or damaged
  }
}

function holds({ processId, host, started }: Owner): boolean {
  if (host !== hostname()) return true;
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
