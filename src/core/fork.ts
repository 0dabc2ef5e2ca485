import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { extname, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** From sources (tests, development) Node.js needs the loader of the tests to run a module. */
const fromSources = ['--require', join(__dirname, '..', '..', 'test', 'support', 'typescript.cjs')];

/** A process whose entry is the module `name` of `folder`: a source file or a built one, whichever this is. */
export function forkModule(folder: string, name: string, options: ForkOptions): ChildProcess {
  const extension = extname(__filename);
  return fork(join(folder, `${name}${extension}`), [], {
    ...options,
    execArgv: extension === '.ts' ? fromSources : [],
  });
}

/** A thread whose entry is the module `name` of `folder`. */
export function threadOfModule(folder: string, name: string, options: WorkerOptions): Worker {
  const extension = extname(__filename);
  return new Worker(join(folder, `${name}${extension}`), {
    ...options,
    execArgv: extension === '.ts' ? fromSources : [],
  });
}
