import { closeSync, openSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Beat } from './heartbeat';

/** Entry of the thread of a heartbeat. */

const { file, every } = workerData as Beat;

function beat(): void {
  try {
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, '.', 0); // the time of a change that the file server notes, not this host
    closeSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return; // a disk out of reach may come back, and then shows
    clearInterval(beating);
    parentPort!.postMessage('lost');
  }
}

const beating = setInterval(beat, every);
beat();
