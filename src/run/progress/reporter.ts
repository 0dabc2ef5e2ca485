import type { Reporter } from '../../core/contracts/execution';
import { LineReporter, type ReporterOptions } from './line-reporter';
import { LiveReporter } from './live-reporter';
import type { Terminal } from '../../report/terminal';

export interface CreateReporterOptions extends ReporterOptions {
  readonly stream: NodeJS.WritableStream & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the stream shows. */
  readonly terminal: Terminal;
}

/** A live view on a terminal that can move its cursor, else a line for each event. */
export function createReporter({ environment, terminal, ...options }: CreateReporterOptions): Reporter {
  if (!options.stream.isTTY || environment.TERM === 'dumb' || environment.CI) return new LineReporter(options);
  return new LiveReporter({ ...options, hasColours: terminal.hasColours });
}
