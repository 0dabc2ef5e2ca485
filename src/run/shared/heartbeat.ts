import type { Worker } from 'node:worker_threads';
import { threadOfModule } from '../../core/fork';

/** What the thread needs to know. */
export interface Beat {
  readonly file: string;
  /** Milliseconds between two. */
  readonly every: number;
}

/**
 * Writes a byte into a file again and again from a thread of its own, whatever this one computes; tells when the file is
 * there no longer. What is held for less than half a beat needs none.
 */
export class Heartbeat {
  private thread: Worker | undefined;
  private readonly starting: NodeJS.Timeout;

  constructor(file: string, every: number, onLost: () => void) {
    this.starting = setTimeout(() => {
      this.thread = threadOfModule(__dirname, 'heartbeat-thread', { workerData: { file, every } satisfies Beat });
      this.thread.unref();
      this.thread.once('message', onLost);
      this.thread.once('error', () => {}); // without heartbeat the claim goes to another, which is found out when it is saved
    }, every / 2).unref();
  }

  stop(): void {
    clearTimeout(this.starting);
    this.thread?.removeAllListeners('message');
    void this.thread?.terminate();
  }
}
