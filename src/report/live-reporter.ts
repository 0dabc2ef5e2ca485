import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { createColors } from 'picocolors';
import type { Cell, Reporter, RunEvent } from '../../registry/contracts';
import type { ReporterOptions } from './line-reporter';
import { RunState, type Running } from './run-state';
import { duration, progressWords, resultWords, runName, secondsOf, timeLeftWords } from './run-wording';
import { fit, type Palette } from './terminal';

export interface LiveReporterOptions extends ReporterOptions {
  readonly stream: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  readonly palette: Palette;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const millisecondsBetweenFrames = 100;
const barWidth = 24;

/**
 * For terminals: what has ended stays above as a line each; below, redrawn in place, the cells at work and the time
 * left. The cursor is hidden meanwhile and comes back however the process ends, short of `kill -9`.
 */
export class LiveReporter implements Reporter {
  private readonly state: RunState;
  private readonly colors;
  private drawnLines = 0;
  private drawnAt = -Infinity;
  private timer?: NodeJS.Timeout;
  private readonly restore = () => this.options.stream.write(showCursor);

  constructor(private readonly options: LiveReporterOptions) {
    this.state = new RunState(options.clock, options.workers, options.finished);
    this.colors = createColors(options.palette !== 'none');
  }

  begin(cells: readonly Cell[], alreadyFinished: number): void {
    this.state.begin(cells, alreadyFinished);
    if (cells.length === 0) return;
    this.options.stream.write(hideCursor);
    process.once('exit', this.restore);
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

  end(): void {
    clearInterval(this.timer);
    process.off('exit', this.restore);
    this.erase();
    const { finished, failed, total, elapsedSeconds } = this.state;
    const failures = failed > 0 ? `, ${this.colors.red(`${failed} failed`)}` : '';
    this.options.stream.write(`${finished} of ${total} cells finished${failures} after ${duration(elapsedSeconds)}\n${this.timer ? showCursor : ''}`);
  }

  /** The line that stays when a cell has ended. */
  private endedLine(event: RunEvent): string | undefined {
    const { bold, dim, green, red, yellow } = this.colors;
    const name = runName(event.cell);
    switch (event.type) {
      case 'cell-finished': {
        const { verdict, scores } = resultWords(event.record);
        const mark = verdict === 'solves' ? green('●') : dim('●');
        return `${mark} ${name}  ${bold(verdict)}  ${dim(`${scores}  ${duration(secondsOf(event.record))}`)}`;
      }
      case 'cell-failed':
        return `${red('✕')} ${name}  ${red('failed')}  ${event.error.message.split('\n')[0]}`;
      case 'worker-lost':
        return `${yellow('!')} ${name}  ${yellow('lost its process')}  ${event.reason.split('\n')[0]}${event.retry ? ', continues in another' : ''}`;
      default:
        return undefined;
    }
  }

  private draw(above?: string): void {
    const width = (this.options.stream.columns ?? 80) - 1; // the last column would wrap
    const lines = this.frame().map((line) => fit(line, width));
    this.erase();
    this.options.stream.write(`${above ? `${fit(above, width)}\n` : ''}${lines.join('\n')}\n`);
    this.drawnLines = lines.length;
    this.drawnAt = this.options.clock.milliseconds();
  }

  private frame(): string[] {
    const { bold, dim } = this.colors;
    const { finished, failed, total, running, share } = this.state;
    const room = Math.max(1, (this.options.stream.rows ?? 24) - 4);
    const shown = running.slice(0, room);
    const nameWidth = Math.max(0, ...shown.map(({ cell }) => runName(cell).length));
    return [
      '',
      `${this.bar(share)} ${bold(`${finished + failed}/${total} cells`)}  ${timeLeftWords(this.state.timeLeft())}`,
      ...shown.map((each) => this.runningLine(each, nameWidth)),
      ...(running.length > room ? [dim(`  and ${running.length - room} more at work`)] : []),
    ];
  }

  private runningLine({ cell, progress, startedAt }: Running, nameWidth: number): string {
    const share = progress?.steps ? progress.step / progress.steps : 0;
    const words = progress ? progressWords(progress) : 'starting';
    return `${this.bar(share)} ${runName(cell).padEnd(nameWidth)}  ${this.colors.dim(`${words}, ${duration(this.state.secondsSince(startedAt))}`)}`;
  }

  private bar(share: number): string {
    const full = Math.round(Math.min(1, share) * barWidth);
    return this.colors.cyan('━'.repeat(full)) + this.colors.dim('─'.repeat(barWidth - full));
  }

  private erase(): void {
    if (this.drawnLines === 0) return;
    moveCursor(this.options.stream, 0, -this.drawnLines);
    cursorTo(this.options.stream, 0);
    clearScreenDown(this.options.stream);
    this.drawnLines = 0;
  }
}
