import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { log } from '../../../registry/units';
import { columnOf, rowOf } from '../../core/cell';
import type { RunEvent } from '../../core/contracts/execution';
import type { Log, LoggedRun } from '../../core/contracts/log';
import type { Job } from '../../core/contracts/record';

/** A line of JSON for each event, appended: `tail -f` shows a run, and every line is whole. */
@log({
  id: 'jsonl',
  title: 'A line of JSON for each event',
  summary: 'Starts, looks at held-out inputs, results and failures as they happen, for scripts.',
})
export class EventLines implements Log {
  private file = '';
  private run!: LoggedRun;

  begin(run: LoggedRun, at: number): string {
    const folder = join(run.folder, 'logs');
    mkdirSync(folder, { recursive: true });
    this.run = run;
    this.file = join(folder, 'events.jsonl');
    const { experiment, engine, jobs, alreadyFinished } = run;
    this.write(at, { event: 'run-started', experiment, engine, jobs: jobs.length, alreadyFinished });
    return this.file;
  }

  event(event: RunEvent, at: number): void {
    this.write(at, { event: event.type, ...named(event.cell), worker: event.worker, ...this.details(event) });
  }

  end(at: number): void {
    this.write(at, { event: 'run-ended' });
  }

  private details(event: RunEvent): object {
    switch (event.type) {
      case 'cell-started':
      case 'cell-claimed':
        return {};
      case 'cell-progress':
        return event.progress;
      case 'cell-finished': {
        const { outcome, details } = this.run.tell(event.record);
        const { trainingSeconds, evaluationSeconds } = event.record.provenance;
        return { outcome, details, trainingSeconds, evaluationSeconds };
      }
      case 'cell-failed':
        return { code: event.error.code, message: event.error.message };
      case 'worker-lost':
        return { reason: event.reason, retry: event.retry };
    }
  }

  private write(at: number, line: object): void {
    try {
      appendFileSync(this.file, `${JSON.stringify({ time: new Date(at).toISOString(), ...line })}\n`);
    } catch {
      // A full disk stops the run where it cannot save a record, not here.
    }
  }
}

const named = (job: Job) => ({
  row: rowOf(job),
  column: columnOf(job),
  seed: job.specification.seed,
  key: job.key,
});
