import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UnrecoverableError, WaitingError, type Job as QueuedJob } from 'bullmq';
import { zooError } from 'chomsky-zoo';
import {
  cellLabel,
  ownRunner,
  ResultsFolder,
  serialiseError,
  WorkerProcess,
  type CellProgress,
  type Job,
  type RecordOf,
  type SerialisedError,
} from 'chomsky-zoo/executors';
import { mostBytes, type CellQueue } from './cell-queue';
import { toJson, type Payload, type Told } from './payload';

/** Milliseconds between messages of progress, between looks for whether to stop, and between copies of a checkpoint. */
const every = { progress: 2_000, look: 2_000, checkpoint: 5_000 };
const graceWhenStopped = 15_000;
/** After so many workers could not measure a job it is not offered to another. */
const mostRefusals = 3;

/** Errors that tell of this worker and not of the cell: another may well measure it. */
const ofTheWorker: ReadonlySet<string> = new Set([
  'other-code',
  'unknown-unit',
  'no-engine',
  'runner-invalid',
  'plugin-broken',
  'plugin-invalid',
  'plugin-not-found',
  'plugin-version',
  'unwritable-folder',
  'write-failed',
]);

export interface SlotOptions {
  readonly name: string;
  /** Emptied for each cell: whatever matters is in Redis. */
  readonly folder: string;
  /** Files of plugins on this machine. */
  readonly plugins: readonly string[];
  note(line: string): void;
  /** Called once this machine has turned out to be unable to measure what is asked. */
  onRefusal(error: SerialisedError): void;
}

/** Place of one cell at a time: a process that measures it, and a folder that this process writes to. */
export class Slot {
  private process?: WorkerProcess;
  private optionsOfProcess = '';
  private id?: string;
  private why?: 'told' | 'leaving' | 'taken';

  constructor(
    private readonly queue: CellQueue,
    private readonly options: SlotOptions,
  ) {}

  /** Measures a job of the queue and returns its record; errors are those that BullMQ understands. */
  async measure(queued: QueuedJob<Payload>, token: string): Promise<RecordOf> {
    const { job, options } = queued.data;
    this.id = queued.id!;
    this.why = undefined;
    const tell = telling(queued, this.options.name);
    tell({ progress: { phase: 'starting', step: 0, steps: 0 } });
    const folder = await this.emptyFolder();
    const checkpoint = await this.queue.loadCheckpoint(job.key);
    if (checkpoint) await folder.saveCheckpoint(job.key, checkpoint);
    const stopKeeping = this.keepCheckpoint(folder, job);
    const looking = setInterval(() => void this.look(), every.look);
    await this.look();
    const process = this.processFor(options, folder.location);
    let [last, phase] = [-Infinity, ''];
    const onProgress = (progress: CellProgress) => {
      const now = performance.now();
      if (!progress.look && progress.phase === phase && now - last < every.progress) return;
      [last, phase] = [now, progress.phase];
      tell({ progress });
    };
    try {
      if (this.why) process.stop(0);
      const ending = await process.run({ ...job, ...(await this.placed(job)) }, onProgress);
      await stopKeeping(ending.type === 'stopped');
      switch (ending.type) {
        case 'finished':
          return await this.finished(ending.record, folder);
        case 'failed':
          return await this.failed(queued, token, ending.error, tell);
        case 'stopped':
          return await this.stopped(queued, token, tell);
        case 'lost':
          this.process = undefined;
          if (this.why) return await this.stopped(queued, token, tell);
          return await this.lost(queued, ending.reason, tell);
      }
    } finally {
      clearInterval(looking);
      await stopKeeping(false);
      this.id = undefined;
    }
  }

  /** Saves what is known and gives the job back, because this worker ends. */
  leave(): void {
    this.stop('leaving');
  }
  /** Drops a job that another worker has by now. */
  drop(id: string): void {
    if (this.id === id) this.stop('taken');
  }
  async end(): Promise<void> {
    await this.process?.end();
    await rm(this.options.folder, { recursive: true, force: true });
  }

  private stop(why: 'told' | 'leaving' | 'taken'): void {
    if (this.id === undefined || this.why) return;
    this.why = why;
    this.process?.stop(why === 'taken' ? 0 : graceWhenStopped);
  }
  private async look(): Promise<void> {
    const { id } = this;
    const isStopped = id !== undefined && (await this.queue.isStopped(id).catch(() => false));
    if (isStopped && this.id === id) this.stop('told');
  }

  private async emptyFolder(): Promise<ResultsFolder> {
    const { folder } = this.options;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new ResultsFolder(folder);
  }

  /** Plugins and files as they are on this machine. */
  private async placed({ data = {} }: Job): Promise<Pick<Job, 'plugins' | 'data'>> {
    const home = join(this.options.folder, 'data');
    const found = await Promise.all(
      Object.keys(data).map(async (digest) => [digest, await this.queue.loadData(digest, home)] as const),
    );
    const there = found.filter((each): each is readonly [string, string] => each[1] !== undefined);
    return { plugins: this.options.plugins, data: Object.fromEntries(there) };
  }

  /** A process stays from cell to cell where it is asked for the same. */
  private processFor(options: Payload['options'], storeLocation: string): WorkerProcess {
    const asked = JSON.stringify(options);
    if (this.process && this.optionsOfProcess !== asked) {
      void this.process.end();
      this.process = undefined;
    }
    this.optionsOfProcess = asked;
    return (this.process ??= new WorkerProcess(ownRunner, { ...options, storeLocation }));
  }

  /** Copies the checkpoint into Redis whenever it has changed; what is returned ends that, with a last copy if wanted. */
  private keepCheckpoint(folder: ResultsFolder, { key }: Job): (withLast: boolean) => Promise<void> {
    let copied: Uint8Array | null = null;
    let copying: Promise<void> | undefined;
    let isOver = false;
    const copy = async () => {
      const content = await folder.loadCheckpoint(key).catch(() => null); // being written
      if (!content || (copied && Buffer.compare(content, copied) === 0)) return;
      copied = content;
      if (!(await this.queue.saveCheckpoint(key, content)))
        this.options.note(`The checkpoint of ${key.slice(0, 12)} is larger than ${mostBytes} bytes and is not kept.`);
    };
    const timer = setInterval(
      () =>
        void (copying ??= copy()
          .catch(() => {})
          .finally(() => (copying = undefined))),
      every.checkpoint,
    );
    return async (withLast) => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      await copying;
      if (withLast) await copy();
    };
  }

  private async finished(record: RecordOf, folder: ResultsFolder): Promise<RecordOf> {
    const { weights } = record.provenance;
    const content = weights !== undefined && (await folder.loadWeights(weights));
    if (content && !(await this.queue.saveWeights(weights!, content)))
      throw new UnrecoverableError(`its weights have more than ${mostBytes} bytes, which do not travel through Redis`);
    await this.queue.removeCheckpoint(record.key);
    return record;
  }

  private async failed(queued: QueuedJob<Payload>, token: string, error: SerialisedError, tell: Tell): Promise<never> {
    if (ofTheWorker.has(error.code)) {
      this.options.onRefusal(error);
      if ((await this.queue.refuse(queued.id!)) < mostRefusals) {
        await tell({ refused: error });
        return giveBack(queued, token);
      }
    }
    await tell({ error });
    throw new UnrecoverableError(error.message);
  }

  private async stopped(queued: QueuedJob<Payload>, token: string, tell: Tell): Promise<never> {
    if (this.why === 'taken') throw new Error('another worker has this job by now');
    if (this.why === 'leaving') return giveBack(queued, token);
    const error = serialiseError(
      zooError('stopped', { cell: cellLabel(queued.data.job), folder: `the queue ${this.queue.name}` }),
    );
    await tell({ error });
    throw new UnrecoverableError('it was told to stop');
  }

  private async lost(queued: QueuedJob<Payload>, reason: string, tell: Tell): Promise<never> {
    const times = queued.attemptsMade + 1;
    const isLast = times >= (queued.opts.attempts ?? 1);
    const cell = cellLabel(queued.data.job);
    await tell(isLast ? { error: serialiseError(zooError('worker-lost', { cell, times, reason })) } : { lost: reason });
    throw new Error(reason);
  }
}

/** One message after another, so that their order stays; a message that does not arrive is not worth a cell. */
type Tell = (told: Omit<Told, 'worker'>) => Promise<void>;
function telling(queued: QueuedJob<Payload>, worker: string): Tell {
  let before = Promise.resolve();
  return (told) =>
    (before = before.then(() => queued.updateProgress({ told: toJson({ worker, ...told }) })).catch(() => {}));
}

async function giveBack(queued: QueuedJob<Payload>, token: string): Promise<never> {
  await queued.moveToWait(token);
  throw new WaitingError();
}
