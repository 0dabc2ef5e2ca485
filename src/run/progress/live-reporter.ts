import { clearScreenDown, cursorTo, moveCursor } from 'node:readline';
import { createColors } from 'picocolors';
import type { Cell } from '../../core/contracts/record';
import { cellLabel } from '../../core/cell';
import type { Reporter, RunEvent } from '../../core/contracts/execution';
import type { ReporterOptions } from './line-reporter';
import { RunState, type Running } from './run-state';
import { duration, progressWords, resultWords, secondsOf, timeLeftWords } from './run-wording';
import { fit, type Palette } from '../../report/terminal';
import { verdictMarks } from '../../studies/capability/views/wording';

export interface LiveReporterOptions extends ReporterOptions {
  readonly stream: NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };
  readonly palette: Palette;
}

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const millisecondsBetweenFrames = 100;
const barWidth = 16;

/**
 * For terminals: what has ended stays above as a line each; below, redrawn in place, the cells at work and the time
 * left. The cursor is hidden only while a frame is drawn, so nothing can leave a terminal without one.
 */
export class LiveReporter implements Reporter {
  private readonly state: RunState;
  private readonly colors;
  private nameWidth = 0;
  private drawnLines = 0;
  private drawnAt = -Infinity;
  private timer?: NodeJS.Timeout;

  constructor(private readonly options: LiveReporterOptions) {
    this.state = new RunState(options.clock, options.workers, options.finished);
    this.colors = createColors(options.palette !== 'none');
  }

  begin(cells: readonly Cell[], alreadyFinished: number): void {
    this.state.begin(cells, alreadyFinished);
    this.nameWidth = Math.max(0, ...cells.map((cell) => cellLabel(cell).length));
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
    this.draw(text);
  }

  end(): void {
    clearInterval(this.timer);
    this.erase();
    const { finished, failed, total, elapsedSeconds } = this.state;
    const failures = failed > 0 ? `, ${this.colors.red(`${failed} failed`)}` : '';
    this.options.stream.write(
      `${finished} of ${total} cells finished${failures} after ${duration(elapsedSeconds)}\n\n`,
    );
  }

  /** The line that stays when a cell has ended. */
  private endedLine(event: RunEvent): string | undefined {
    const { bold, dim, green, red, yellow } = this.colors;
    const name = cellLabel(event.cell).padEnd(this.nameWidth);
    switch (event.type) {
      case 'cell-finished': {
        const { verdict, scores } = resultWords(event.record);
        const mark = verdict ? verdictMarks.unicode[verdict] : '–';
        return `${verdict === 'solves' ? green(mark) : mark} ${name}  ${bold((verdict ?? 'not evaluated').padEnd(15))}  ${dim(`${scores}  ${duration(secondsOf(event.record))}`)}`;
      }
      case 'cell-failed':
        return `${red('✕')} ${name}  ${red('failed'.padEnd(15))}  ${event.error.message.split('\n')[0]}`;
      case 'worker-lost':
        return `${yellow('!')} ${name}  ${yellow('lost process'.padEnd(15))}  ${event.reason.split('\n')[0]}${event.retry ? ', continues in another' : ''}`;
      default:
        return undefined;
    }
  }

  private draw(above?: string): void {
    const width = (this.options.stream.columns ?? 80) - 1; // the last column would wrap
    const lines = this.frame().map((line) => fit(line, width));
    this.options.stream.write(hideCursor);
    this.erase();
    this.options.stream.write(`${above ? `${fit(above, width)}\n` : ''}${lines.join('\n')}\n${showCursor}`);
    this.drawnLines = lines.length;
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
    return `${this.bar(share)} ${cellLabel(cell).padEnd(this.nameWidth)}  ${this.colors.dim(words)}`;
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
