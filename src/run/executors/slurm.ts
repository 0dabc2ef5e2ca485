import { executor } from '../../../registry/units';
import type { RunEvent } from '../../core/contracts/execution';
import type { Executor, Work } from '../../core/contracts/executor';
import type { Job } from '../../core/contracts/record';
import { followFolder } from '../shared/folder-watch';
import { Queue } from '../slurm/queue';
import { SlurmSettings } from '../slurm/settings';
import { Submission } from '../slurm/submission';
import { Supervision, untilGone } from '../slurm/supervise';
import { FileStore } from '../store/file-store';

/** Array tasks of Slurm, each of which runs `zoo work` on its cells in the folder of results, which the nodes share. */
@executor({
  id: 'slurm',
  title: 'Slurm',
  summary: "Array tasks in Slurm's queue, on nodes that share the folder of results and the zoo.",
  settings: SlurmSettings,
})
export class Slurm implements Executor {
  private readonly queue = new Queue();

  /** What this run has submitted ends with it; what an earlier one left in the queue is waited for. */
  async run(work: Work, onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
    const store = storeOf(work);
    const supervision = new Supervision(work, store, this.queue, onEvent);
    await supervision.begin();
    const every = Math.min(mostBetweenLooks, (work.settings as SlurmSettings).pollSeconds) * 1000;
    const beforeLook = (open: readonly Job[]) => supervision.keepUp(open);
    try {
      await followFolder(work.jobs, store, onEvent, signal, { every, keep: work.runnerOptions.keep, beforeLook });
    } finally {
      if (signal.aborted) await supervision.cancel();
    }
  }

  async submit(work: Work): Promise<string> {
    const own = await new Supervision(work, storeOf(work), this.queue).begin();
    if (own.length === 0) return 'Everything is in the queue or being measured already; nothing was submitted.';
    const tasks = own.reduce((sum, each) => sum + each.tasks, 0);
    const cells = own.flatMap((each) =>
      Array.from({ length: each.tasks }, (_, task) => each.keysOf(task)).flat(),
    ).length;
    return `Submitted: ${cells} cells in ${tasks} ${tasks === 1 ? 'task' : 'tasks'} (squeue --name=${own.map(({ name }) => name).join(',')}).`;
  }

  async cancel(folder: string): Promise<string> {
    const submissions = Submission.all(folder);
    const tasks = (await this.queue.tasks(submissions.map(({ name }) => name))).filter(({ isOpen }) => isOpen);
    if (tasks.length === 0) return '';
    const queued = [...new Set(tasks.map(({ name }) => name))];
    // Before they end: a run that waits for them must not submit them again.
    for (const submission of submissions) if (queued.includes(submission.name)) submission.markCancelled();
    await this.queue.cancel({ names: queued });
    await untilGone(this.queue, queued);
    return `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'} of Slurm ended.`;
  }
}

/** Seconds between looks at the folder, where the queue is looked at less often. */
const mostBetweenLooks = 2;

const storeOf = ({ runnerOptions }: Work) => new FileStore(runnerOptions.storeLocation);
