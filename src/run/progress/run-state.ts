import type { Job, RecordOf } from '../../core/contracts/record';
import type { CellProgress, RunEvent } from '../../core/contracts/execution';
import type { Clock } from '../../core/clock';
import { Estimator, type Estimate } from '../estimate';

/** A cell at work. */
export interface Running {
  readonly cell: Job;
  readonly worker: number;
  readonly startedAt: number;
  readonly progress?: CellProgress;
  /** When training first reported, and at which step. */
  readonly first?: { readonly at: number; readonly step: number };
  /** See `RunningCell`. */
  readonly pace?: { readonly steps: number; readonly seconds: number };
}

/** What a run looks like at this moment: both reporters tell the same story from it. */
export class RunState {
  finished = 0;
  failed = 0;
  total = 0;
  private waiting: Job[] = [];
  private readonly byWorker = new Map<number, Running>();
  private readonly estimator: Estimator;
  private startedAt = 0;

  /** `finished` are records of earlier cells, from which the time left is estimated. */
  constructor(
    private readonly clock: Clock,
    private readonly workers: number,
    finished: readonly RecordOf[] = [],
  ) {
    this.estimator = new Estimator(finished);
  }

  begin(cells: readonly Job[], alreadyFinished: number): void {
    this.waiting = [...cells];
    this.finished = alreadyFinished;
    this.total = cells.length + alreadyFinished;
    this.startedAt = this.clock.milliseconds();
  }

  apply(event: RunEvent): void {
    const { cell, worker } = event;
    switch (event.type) {
      case 'cell-started':
        this.waiting = this.waiting.filter(({ key }) => key !== cell.key);
        this.byWorker.set(worker, { cell, worker, startedAt: this.clock.milliseconds() });
        return;
      case 'cell-progress': {
        const running = this.byWorker.get(worker);
        if (running) this.byWorker.set(worker, this.withProgress(running, event.progress));
        return;
      }
      case 'cell-finished':
        this.finished++;
        this.estimator.learn(event.record);
        this.byWorker.delete(worker);
        return;
      case 'cell-failed':
        this.failed++;
        this.byWorker.delete(worker);
        return;
      case 'cell-claimed':
        this.byWorker.delete(worker);
        this.waiting.push(cell);
        return;
      case 'worker-lost':
        this.byWorker.delete(worker);
        if (event.retry) this.waiting = [...this.waiting.filter(({ key }) => key !== cell.key), cell];
    }
  }

  private withProgress(running: Running, progress: CellProgress): Running {
    if (progress.phase !== 'training') return { ...running, progress };
    const first = running.first ?? { at: this.clock.milliseconds(), step: progress.step };
    return {
      ...running,
      progress,
      first,
      pace: { steps: progress.step - first.step, seconds: this.secondsSince(first.at) },
    };
  }

  /** Cells at work, in the order of their workers. */
  get running(): Running[] {
    return [...this.byWorker.values()].sort((a, b) => a.worker - b.worker);
  }

  /** Cells that ended one way or the other, and how far the running ones are, as a share of all. */
  get share(): number {
    const begun = this.running.reduce(
      (sum, { progress }) => sum + (progress?.phase === 'training' ? progress.step / progress.steps : 0),
      0,
    );
    return this.total === 0 ? 1 : (this.finished + this.failed + begun) / this.total;
  }

  secondsSince(moment: number): number {
    return (this.clock.milliseconds() - moment) / 1000;
  }

  get elapsedSeconds(): number {
    return this.secondsSince(this.startedAt);
  }

  timeLeft(): Estimate {
    const running = this.running.map((each) => ({ ...each, elapsedSeconds: this.secondsSince(each.startedAt) }));
    return this.estimator.remaining(this.waiting, running, Math.max(1, this.workers));
  }
}
