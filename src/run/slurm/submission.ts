import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeAsked } from '../../core/atomic-file';
import { systemClock } from '../../core/clock';
import type { WorkerLike } from '../code/worker-like';

/** Longest name of a folder as a part of a job's name. */
const longestPart = 40;

/**
 * What was handed to the queue at once: a folder `slurm/<number>/` of the folder of results with the cells of each task
 * (`cells/<task>.txt`, a key to a line), the script, logs, and `submission.json`. It is written before anything is submitted,
 * and knows its tasks in the queue by their name, which nothing else has.
 */
export class Submission {
  private readonly known = new Map<number, readonly string[]>();

  private constructor(
    readonly folder: string,
    readonly name: string,
    /** How many. */
    readonly tasks: number,
  ) {}

  static create(results: string, tasks: readonly (readonly string[])[], like: WorkerLike): Submission {
    const part = basename(results)
      .replaceAll(/[^\w.-]/g, '-')
      .slice(0, longestPart);
    const submission = new Submission(
      newFolder(join(results, 'slurm')),
      `zoo-${part}-${randomUUID().slice(0, 8)}`,
      tasks.length,
    );
    for (const part of ['log', 'cells']) mkdirSync(join(submission.folder, part));
    tasks.forEach((keys, task) => writeFileSync(submission.cellsFile(task), keys.map((key) => `${key}\n`).join('')));
    const said = { name: submission.name, submittedAt: systemClock.timestamp(), tasks: tasks.length, like };
    writeAsked(join(submission.folder, 'submission.json'), `${JSON.stringify(said, null, 1)}\n`);
    return submission;
  }

  /** Those of a folder of results, the oldest first. */
  static all(results: string): Submission[] {
    const folder = join(results, 'slurm');
    const numbers = namesIn(folder)
      .filter((name) => /^\d+$/.test(name))
      .sort((a, b) => Number(a) - Number(b));
    return numbers.flatMap((number) => {
      const said = readSaid(join(folder, number, 'submission.json'));
      return said ? new Submission(join(folder, number), said.name, said.tasks) : [];
    });
  }

  /** Keys of the cells of a task. */
  keysOf(task: number): readonly string[] {
    const keys = this.known.get(task) ?? linesOf(this.cellsFile(task));
    this.known.set(task, keys);
    return keys;
  }

  /** The last lines that a task wrote. */
  lastLines(task: number, most = 3): string[] {
    return linesOf(this.logFile(task)).slice(-most);
  }

  /** Somebody has ended it with `zoo cancel`: nobody submits its cells again unasked. */
  get isCancelled(): boolean {
    return existsSync(join(this.folder, 'cancelled'));
  }
  markCancelled(): void {
    writeFileSync(join(this.folder, 'cancelled'), '');
  }

  get script(): string {
    return join(this.folder, 'task.sh');
  }
  logFile = (task: number): string => join(this.folder, 'log', `${task}.txt`);
  private cellsFile = (task: number): string => join(this.folder, 'cells', `${task}.txt`);

  /** The queue did not take it. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The folder of the next number; two processes never get the same. */
function newFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  for (let number = 1 + Math.max(0, ...namesIn(parent).map(Number).filter(Number.isInteger)); ; number++) {
    const folder = join(parent, String(number));
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function readSaid(file: string): Pick<Submission, 'name' | 'tasks'> | undefined {
  try {
    const { name, tasks } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return typeof name === 'string' && typeof tasks === 'number' ? { name, tasks } : undefined;
  } catch {
    return undefined; // not written yet, or not ours
  }
}

/** Lines with something in them; none where there is no file: nothing was written yet, or somebody has removed it. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch {
    return [];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
