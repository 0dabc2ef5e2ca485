import type { ChildProcess } from 'node:child_process';
import { finished } from 'node:stream/promises';
import type { Job } from '../../core/contracts/record';
import type { CellProgress } from '../../core/contracts/execution';
import { forkModule } from '../../core/fork';
import type { Ending, FromWorker, ToWorker } from './runner';
import type { RunnerOptions } from '../../core/contracts/executor';

/** The process ended before the cell did. */
export interface Lost {
  readonly type: 'lost';
  readonly reason: string;
}

const rememberedCharacters = 2000;
/** How long a process has that has nothing to save: before and after training, all it knows is on the disk. */
const shortGraceMilliseconds = 1000;

/** One worker process as the main process sees it. */
export class WorkerProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<Lost>;
  private errorOutput = '';
  private phase: CellProgress['phase'] | undefined;

  constructor(runner: string, options: RunnerOptions) {
    this.child = forkModule(__dirname, 'worker', {
      serialization: 'advanced', // keeps NaN losses, which JSON would turn into null
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'], // native libraries must not write across the live view
    });
    const errorOutput = this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.errorOutput = (this.errorOutput + text).slice(-rememberedCharacters);
    });
    // Not the event `close`, which never comes once the channel was disconnected from this side.
    const lastWords = finished(errorOutput).catch(() => {});
    this.ended = new Promise((resolve) => {
      const lost = (reason: string) => resolve({ type: 'lost', reason });
      this.child.once('error', (error) => lost(error.message));
      this.child.once('exit', (code, signal) => void lastWords.then(() => lost(this.describeEnd(code, signal))));
    });
    this.send({ type: 'prepare', runner, options });
  }

  get processId(): number | undefined {
    return this.child.pid;
  }

  /** Runs one cell at a time. Resolves with how it ended; never rejects. */
  async run(cell: Job, onProgress: (progress: CellProgress) => void): Promise<Ending | Lost> {
    let listener: (message: FromWorker) => void;
    this.phase = undefined;
    const progressed = (progress: CellProgress) => {
      this.phase = progress.phase;
      onProgress(progress);
    };
    const ending = new Promise<Ending>((resolve) => {
      listener = (message) => (message.type === 'progress' ? progressed(message.progress) : resolve(message));
      this.child.on('message', listener);
    });
    this.send({ type: 'run', cell });
    return Promise.race([ending, this.ended]).finally(() => this.child.off('message', listener));
  }

  /** Asks the running cell to save a checkpoint and stop; kills the process when it has not within the grace period. */
  stop(graceMilliseconds: number): void {
    this.send({ type: 'stop' });
    const grace = this.phase === 'training' ? graceMilliseconds : Math.min(graceMilliseconds, shortGraceMilliseconds);
    const killer = setTimeout(() => this.child.kill('SIGKILL'), grace);
    void this.ended.then(() => clearTimeout(killer));
  }

  /** Ends an idle process and waits until it is gone. */
  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }

  private send(message: ToWorker): void {
    // A process that is gone is reported by `ended`; failing to reach it adds nothing.
    if (this.child.connected) this.child.send(message, () => {});
  }

  private describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
    const end = signal ? `ended by ${signal}` : `ended with exit code ${code}`;
    const lastLines = this.errorOutput.trim().split('\n').slice(-3).join('\n');
    return lastLines ? `${end}: ${lastLines}` : end;
  }
}
