import type { Job, RecordOf } from '../../core/contracts/record';
import type { RecordWords } from '../../core/contracts/study';
import type { Reporter, RunEvent } from '../../core/contracts/execution';
import type { Clock } from '../../core/clock';
import { printableLines } from '../../report/printable';
import { RunState } from './run-state';
import { duration, firstLine, nameOf, progressWords, secondsOf, timeLeftWords } from './run-wording';

export interface ReporterOptions {
  readonly stream: NodeJS.WritableStream;
  readonly clock: Clock;
  /** What the study says of a record. */
  readonly tell: (record: RecordOf) => RecordWords;
  /** Cells at work at a time; 0 for none but this process. */
  readonly workers: number;
  /** Records of cells that finished before. */
  readonly finished?: readonly RecordOf[];
}

const secondsBetweenProgress = 15;

/** For pipes and logs: a line for each event; progress of a cell at most every fifteen seconds. */
export class LineReporter implements Reporter {
  private readonly state: RunState;
  private readonly toldAt = new Map<string, number>();

  constructor(private readonly options: ReporterOptions) {
    this.state = new RunState(options.clock, options.workers, options.finished);
  }

  begin(cells: readonly Job[], alreadyFinished: number): void {
    this.state.begin(cells, alreadyFinished);
    const there = alreadyFinished > 0 ? `${alreadyFinished} of ${this.state.total} cells are there, ` : '';
    this.line(
      cells.length === 0
        ? `${there}nothing to run`
        : `${there}${cells.length} to run, ${timeLeftWords(this.state.timeLeft())}`,
    );
  }

  event(event: RunEvent): void {
    this.state.apply(event);
    const name = nameOf(event.cell);
    switch (event.type) {
      case 'cell-started':
        this.toldAt.set(event.cell.key, this.options.clock.milliseconds());
        return this.told(`${name}: started`);
      case 'cell-progress': {
        const last = this.toldAt.get(event.cell.key) ?? 0;
        if (this.state.secondsSince(last) < secondsBetweenProgress) return;
        this.toldAt.set(event.cell.key, this.options.clock.milliseconds());
        return this.told(`${name}: ${progressWords(event.progress)}; ${timeLeftWords(this.state.timeLeft())}`);
      }
      case 'cell-finished': {
        const { outcome, details } = this.options.tell(event.record);
        return this.told(`${name}: ${outcome}${details && ` (${details})`} in ${duration(secondsOf(event.record))}`);
      }
      case 'cell-failed':
        return this.told(`${name}: failed: ${firstLine(event.error.message)}`);
      case 'cell-claimed':
        return this.told(`${name}: another process has it`);
      case 'worker-lost':
        return this.told(
          `${name}: lost its process (${firstLine(event.reason)})${event.retry ? ', to be continued by another' : ''}`,
        );
    }
  }

  note(text: string): void {
    this.line(text);
  }

  end(): void {
    const { finished, total, failed, elapsedSeconds } = this.state;
    this.line(
      `${finished} of ${total} cells finished${failed > 0 ? `, ${failed} failed` : ''} after ${duration(elapsedSeconds)}`,
    );
  }

  private told(text: string): void {
    const { finished, failed, total } = this.state;
    this.line(`[${finished + failed}/${total}] ${text}`);
  }

  private line(text: string): void {
    this.options.stream.write(`${printableLines(text)}\n`);
  }
}
