import { closeSync, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { systemClock } from '../../core/clock';
import type { CellProgress } from '../../core/contracts/execution';

/** Bytes of a claim: always as many, so that what is written over the last words leaves none of them. */
const contentBytes = 256;
/** A byte that heartbeats write anew, and what the owner says. */
export const contentNow = (said: object = { since: systemClock.timestamp() }): string =>
  `.${JSON.stringify(said)}`.padEnd(contentBytes - 1).concat('\n');

/** What an owner says of a job. */
export type Said = Partial<CellProgress & { readonly since: string; readonly secondsLeft: number }>;

export function saidIn(text: string): Pick<Said, 'since' | 'secondsLeft'> & { readonly progress?: CellProgress } {
  try {
    const { since, secondsLeft, phase, step, steps, loss } = JSON.parse(text.slice(1)) as Said;
    if (phase === undefined || step === undefined || steps === undefined) return { since };
    return { since, secondsLeft, progress: { phase, step, steps, ...(typeof loss === 'number' && { loss }) } };
  } catch {
    return {}; // empty, or not ours
  }
}

/** Writes into an open file and returns the time of that change by the clock of whoever keeps it. */
export function write(file: string, flags: string, text: string, position: number): number {
  const descriptor = openSync(file, flags);
  try {
    writeSync(descriptor, text, position);
    return fstatSync(descriptor).mtimeMs;
  } finally {
    closeSync(descriptor);
  }
}

/** Opened, not looked at by its name: file systems of a network answer that from memory for up to a minute. */
export function contentOf(file: string): { readonly changed: number; readonly text: string } | undefined {
  try {
    const descriptor = openSync(file, 'r');
    try {
      return { changed: fstatSync(descriptor).mtimeMs, text: readFileSync(descriptor, 'utf8') };
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined; // let go in the meantime
  }
}
