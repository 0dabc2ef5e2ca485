import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { zooError } from '../../registry/errors';

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
        rmSync(file, { force: true });
      }
    }
  } finally {
    rmSync(draft, { force: true });
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
    const afterName = readFileSync(`/proc/${processId}/stat`, 'utf8').replace(/^.*\) /s, '');
    return afterName.split(' ')[19] ?? null; // field 22 of stat(5)
  } catch {
    return null;
  }
}
