import { join } from 'node:path';
import { writeAsked } from '../../core/atomic-file';
import type { Work } from '../../core/contracts/executor';
import type { Job } from '../../core/contracts/record';
import { packageRoot } from '../../core/package';
import { likeHere } from '../code/worker-like';
import { batchScript } from './batch-script';
import { secondsOf, slurmTime } from './duration';
import { packed } from './pack';
import type { Queue } from './queue';
import type { SlurmSettings } from './settings';
import { Submission } from './submission';

/** The built command line, which the nodes find under the same path. */
const zoo = join(packageRoot, 'dist', 'src', 'cli', 'main.js');

/** Seconds before the time limit at which what is running is saved. */
const secondsToSave = 90;

/** Packs jobs into tasks and submits them, in as many arrays as the queue wants. @throws scheduler-failed */
export async function submitJobs(
  jobs: readonly Job[],
  { runnerOptions: { storeLocation }, expectedSeconds }: Pick<Work, 'runnerOptions' | 'expectedSeconds'>,
  settings: SlurmSettings,
  queue: Queue,
): Promise<Submission[]> {
  const limit = settings.time === undefined ? Infinity : secondsOf(settings.time)!;
  const seconds = Math.min(settings.minutesPerTask * 60, limit / 2) * settings.cpusPerTask;
  const tasks = packed(jobs, seconds, expectedSeconds);
  const most = await queue.largestArray();
  const arrays = Array.from({ length: Math.ceil(tasks.length / most) }, (_, at) =>
    tasks.slice(at * most, (at + 1) * most),
  );
  const submitted: Submission[] = [];
  for (const array of arrays) {
    const { node: _, ...like } = likeHere();
    const keys = array.map((task) => task.map(({ key }) => key));
    const submission = Submission.create(storeLocation, keys, settings.node === undefined ? likeHere() : like);
    const { folder: place, script } = submission;
    const node = settings.node ?? process.execPath;
    writeAsked(script, batchScript({ zoo, node, results: storeLocation, submission: place, settings }));
    try {
      await queue.submit(optionsOf(submission, array.length, arrays.length, settings), script);
    } catch (error) {
      submission.remove();
      if (submitted.length > 0) await queue.cancel({ names: submitted.map(({ name }) => name) });
      throw error;
    }
    submitted.push(submission);
  }
  return submitted;
}

function optionsOf({ name, folder }: Submission, tasks: number, arrays: number, settings: SlurmSettings): string[] {
  const { partition, account, qos, time, memory, cpusPerTask, constraint, arrayLimit, sbatch } = settings;
  const seconds = time === undefined ? undefined : secondsOf(time)!;
  const atOnce = arrayLimit === undefined ? '' : `%${Math.max(1, Math.floor(arrayLimit / arrays))}`;
  const words = { partition, account, qos, mem: memory, constraint, time: seconds && slurmTime(seconds) };
  return [
    `--job-name=${name}`,
    `--array=0-${tasks - 1}${atOnce}`,
    '--ntasks=1',
    `--cpus-per-task=${cpusPerTask}`,
    // A node that dies, and a person who does it: the task starts anew, and goes on from checkpoints.
    '--requeue',
    `--signal=B:USR1@${seconds === undefined ? secondsToSave : Math.min(secondsToSave, Math.floor(seconds / 4))}`,
    '--open-mode=append',
    // A percent sign of the path is no pattern.
    `--output=${folder.replaceAll('%', '%%')}/log/%a.txt`,
    `--chdir=${folder}`,
    ...Object.entries(words).flatMap(([option, value]) => (value === undefined ? [] : `--${option}=${value}`)),
    ...sbatch,
  ];
}
