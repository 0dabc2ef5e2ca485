import { readFileSync } from 'node:fs';
import { hostInNames, hostOfName, isAlive } from '../../core/atomic-file';

/** Who has a claim, as the name of its file says. */
export interface Owner {
  /** As it is written in names of files. */
  readonly host: string;
  readonly processId: number;
  /** When the process started, where the system says so: process ids are used again. */
  readonly started: string;
  /** How often the claim was taken from a dead owner before. */
  readonly losses: number;
}

let named = 0;

/** A name of a file that no other claim of any process has: this process, and how often the claim was lost before. */
export const ownName = (losses: number): string =>
  [hostInNames, process.pid, startOf(process.pid), named++, losses].join('.');

/** Null for a name that is none of ours. */
export function ownerOf(name: string): Owner | null {
  const [, host, processId, started, losses] = /^([^.]+)\.(\d+)\.(\w+)\.\d+\.(\d+)$/.exec(name) ?? [];
  return host && started ? { host, processId: Number(processId), started, losses: Number(losses) } : null;
}

export const wordsOf = (owner: Owner | null): string =>
  owner ? `process ${owner.processId} on ${hostOfName(owner.host)}` : 'a process that does not say which';

/** Whether the owner is a process of this host, of which it can be known that it lives. */
export const isOfThisHost = (owner: Owner | null): owner is Owner => owner?.host === hostInNames;

/** Whether a process of this host lives and is the one that is meant. */
export const lives = ({ processId, started }: Owner): boolean => isAlive(processId) && started === startOf(processId);

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
