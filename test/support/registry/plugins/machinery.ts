// One unit of each kind that is machinery: an engine, an executor, a view and a baseline, each in a few lines.
import { createRequire } from 'node:module';
import {
  baseline,
  engine,
  executor,
  Registry,
  view,
  type Availability,
  type Baseline,
  type Engine,
  type EngineSource,
  type Executor,
  type Guess,
  type RunEvent,
  type Task,
  type View,
  type Work,
} from 'chomsky-zoo';
import { inject } from 'tsyringe';

/** Computes with another engine under a name of its own: what a real one would do itself. */
@engine({
  id: 'borrowed',
  title: 'Borrowed',
  summary: 'Programs in JavaScript, by way of the engine cpu.',
  revision: 1,
  compiled: false,
  threads: false,
})
class Borrowed implements EngineSource {
  private readonly source: EngineSource;
  constructor(@inject(Registry) registry: Registry) {
    this.source = registry.create(registry.resolve('engine', 'cpu'));
  }
  async available(): Promise<Availability> {
    return { ...(await this.source.available()), reason: 'it is borrowed' };
  }
  async open(): Promise<Engine> {
    const lender = await this.source.open({ threads: 1 });
    return Object.assign(Object.create(lender) as Engine, { name: 'borrowed', description: 'borrowed from cpu' });
  }
}

/** Runs the last job first. */
@executor({ id: 'backwards', title: 'Backwards', summary: 'This process, the last job first.' })
class Backwards implements Executor {
  async run({ jobs, runner, runnerOptions }: Work, onEvent: (event: RunEvent) => void, signal: AbortSignal) {
    const runJob = await createRequire(__filename)(runner).createRunner(runnerOptions);
    for (const cell of [...jobs].reverse()) {
      onEvent({ type: 'cell-started', cell, worker: 0 });
      const record = await runJob(cell, () => undefined, signal);
      onEvent({ type: 'cell-finished', cell, worker: 0, record });
    }
  }
}

interface Cells {
  readonly cells: readonly { readonly row: { readonly id: string }; readonly column: { readonly id: string } }[];
}

@view({ of: 'matrix', format: 'list', title: 'List', summary: 'The names of the cells.' })
class MatrixList implements View<Cells> {
  draw({ cells }: Cells): string {
    return cells.map(({ row, column }) => `${row.id} x ${column.id}`).join('\n');
  }
}

@baseline({ id: 'first-symbol', version: 1, title: 'First symbol', summary: 'Always answers the first symbol.' })
class FirstSymbol implements Baseline {
  fit(task: Task): Guess {
    return (input) => Array<number>(task.answerLength(input.length)).fill(0);
  }
}

export default {
  name: 'machinery',
  version: '1.0.0',
  zoo: '*',
  engines: [Borrowed],
  executors: [Backwards],
  views: [MatrixList],
  baselines: [FirstSymbol],
};
