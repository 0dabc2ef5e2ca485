import logUpdate from 'log-update';
import { createColors } from 'picocolors';
import type { Job } from '../../core/contracts/record';
import type { Reporter, RunEvent } from '../../core/contracts/execution';
import type { ReporterOptions } from './line-reporter';
import { RunState, type Running } from './run-state';
import { duration, firstLine, nameOf, progressWords, secondsOf, timeLeftWords } from './run-wording';
import { printable } from '../../report/printable';
import { fit, pad, widthOf } from '../../report/width';

export interface LiveReporterOptions extends ReporterOptions {
  readonly stream: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  readonly hasColours: boolean;
}

const millisecondsBetweenFrames = 100;
const barWidth = 16;

/**
 * For terminals: what has ended stays above as a line each; below, redrawn in place, the cells at work and the time
 * left. The cursor is never hidden, so nothing can leave a terminal without one.
 */
export class LiveReporter implements Reporter {
  private readonly state: RunState;
  private readonly colors;
  private nameWidth = 0;
  private readonly redraw: logUpdate.LogUpdate;
  private drawnAt = -Infinity;
  private timer?: NodeJS.Timeout;

  constructor(private readonly options: LiveReporterOptions) {
    this.state = new RunState(options.clock, options.workers, options.finished);
    this.colors = createColors(options.hasColours);
    this.redraw = logUpdate.create(options.stream, { showCursor: true });
  }

  begin(cells: readonly Job[], alreadyFinished: number): void {
    this.state.begin(cells, alreadyFinished);
    this.nameWidth = Math.max(0, ...cells.map((cell) => widthOf(nameOf(cell))));
    if (cells.length === 0) return;
    // Time passes between events too.
    this.timer = setInterval(() => this.draw(), 1000).unref();
    this.draw();
  }

  event(event: RunEvent): void {
    this.state.apply(event);
    const ended = this.endedLine(event);
    if (ended) this.draw(ended);
    else if (this.options.clock.milliseconds() - this.drawnAt >= millisecondsBetweenFrames) this.draw();
  }

  note(text: string): void {
    this.draw(printable(text));
  }

  end(): void {
    clearInterval(this.timer);
    this.redraw.clear();
    const { finished, failed, total, elapsedSeconds } = this.state;
    const failures = failed > 0 ? `, ${this.colors.red(`${failed} failed`)}` : '';
    this.options.stream.write(
      `${finished} of ${total} cells finished${failures} after ${duration(elapsedSeconds)}\n\n`,
    );
  }

  /** The line that stays when a cell has ended. */
  private endedLine(event: RunEvent): string | undefined {
    const { bold, dim, green, red, yellow } = this.colors;
    const name = pad(nameOf(event.cell), this.nameWidth);
    switch (event.type) {
      case 'cell-finished': {
        const { mark, outcome, details, isBest } = this.options.tell(event.record);
        return `${isBest ? green(mark) : mark} ${name}  ${bold(outcome.padEnd(15))}  ${dim(`${details}  ${duration(secondsOf(event.record))}`)}`;
      }
      case 'cell-failed':
        return `${red('✕')} ${name}  ${red('failed'.padEnd(15))}  ${firstLine(event.error.message)}`;
      case 'worker-lost':
        return `${yellow('!')} ${name}  ${yellow('lost process'.padEnd(15))}  ${firstLine(event.reason)}${event.retry ? ', continues in another' : ''}`;
      default:
        return undefined;
    }
  }

  private draw(above?: string): void {
    const width = (this.options.stream.columns ?? 80) - 1; // the last column would wrap
    if (above) {
      this.redraw.clear();
      this.options.stream.write(`${fit(above, width)}\n`);
    }
    this.redraw(
      this.frame()
        .map((line) => fit(line, width))
        .join('\n'),
    );
    this.drawnAt = this.options.clock.milliseconds();
  }

  private frame(): string[] {
    const { bold, dim } = this.colors;
    const { finished, failed, total, running, share } = this.state;
    const room = Math.max(1, (this.options.stream.rows ?? 24) - 4);
    const shown = running.slice(0, room);
    return [
      '',
      `${this.bar(share)} ${bold(`${finished + failed}/${total} cells`)}  ${timeLeftWords(this.state.timeLeft())}`,
      ...shown.map((each) => this.runningLine(each)),
      ...(running.length > room ? [dim(`  and ${running.length - room} more at work`)] : []),
    ];
  }

  private runningLine({ cell, progress }: Running): string {
    const share = progress?.steps ? progress.step / progress.steps : 0;
    const words = progress ? progressWords(progress) : 'starting';
    return `${this.bar(share)} ${pad(nameOf(cell), this.nameWidth)}  ${this.colors.dim(words)}`;
  }

  private bar(share: number): string {
    const full = Math.round(Math.min(1, share) * barWidth);
    return this.colors.cyan('━'.repeat(full)) + this.colors.dim('─'.repeat(barWidth - full));
  }
}
