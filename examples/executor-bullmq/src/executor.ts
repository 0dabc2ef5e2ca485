import { executor, Registry } from 'chomsky-zoo';
import { ResultsFolder, type Executor, type RunEvent, type Work } from 'chomsky-zoo/executors';
import { inject } from 'tsyringe';
import { CellQueue } from './cell-queue';
import { idOf } from './payload';
import { connect, shown } from './redis';
import { BullmqSettings } from './settings';
import { Submission } from './submission';

/** Machines that share nothing but a Redis server: each runs `zoo-bullmq work`. */
@executor({
  id: 'bullmq',
  title: 'BullMQ',
  summary: 'Workers anywhere that reach the same Redis server (zoo-bullmq work), without a shared disk.',
  settings: BullmqSettings,
})
export class Bullmq implements Executor {
  constructor(@inject(Registry) private readonly registry: Registry) {}

  async run(work: Work, onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    await withQueue(work.settings, (queue) => new Submission(queue, work, this.folderOf(work), onEvent).follow(signal));
  }

  /** Queues what nobody is measuring; the same `zoo run` without --detach fetches the records, now or later. */
  async submit(work: Work): Promise<string> {
    return withQueue(work.settings, async (queue, { redis, queue: name, keepDays }) => {
      const count = await new Submission(queue, work, this.folderOf(work)).submit();
      return `${count} cells are in the queue ${name} of ${shown(redis)}, which keeps their records for ${keepDays} days.`;
    });
  }

  async cancel(folder: string, settings: object): Promise<string> {
    const jobs = await new ResultsFolder(folder, this.registry).jobs();
    const ids = [...new Set(jobs.flatMap(({ key }) => [idOf(key, {}), idOf(key, { keep: ['weights'] })]))];
    return withQueue(settings, async (queue, { queue: name }) => {
      const { removed, told } = await queue.stop(ids);
      return `${removed.length} waiting cells were taken out of the queue ${name}, ${told.length} at work were told to stop.`;
    });
  }

  private folderOf = ({ runnerOptions }: Work): ResultsFolder =>
    new ResultsFolder(runnerOptions.storeLocation, this.registry);
}

async function withQueue<T>(
  given: object,
  use: (queue: CellQueue, settings: BullmqSettings) => Promise<T>,
): Promise<T> {
  const settings = Object.assign(new BullmqSettings(), given);
  const queue = new CellQueue(await connect(settings.redis), settings.queue, settings.keepDays);
  try {
    return await use(queue, settings);
  } finally {
    await queue.close();
  }
}
