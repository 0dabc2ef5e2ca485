import { once } from 'node:events';
import { createColors } from 'picocolors';
import { terminalOf, type Terminal } from '../report/terminal';

type Colors = ReturnType<typeof createColors>;

/** The world as a command sees it; tests bring their own. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** Calls back on Ctrl-C until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    workingFolder: process.cwd(),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener).on('SIGTERM', listener);
      return () => process.off('SIGINT', listener).off('SIGTERM', listener);
    },
  };
}

/** What a command gets: the world, how to write to it, and where to leave its exit code. */
export class Context {
  exitCode = 0;
  /** What standard output shows. */
  readonly terminal: Terminal;
  /** What standard error shows. */
  readonly errorTerminal: Terminal;
  readonly colors: Colors;
  readonly errorColors: Colors;

  constructor(readonly io: Io) {
    this.terminal = terminalOf(io.stdout, io.environment);
    this.errorTerminal = terminalOf(io.stderr, io.environment);
    this.colors = createColors(this.terminal.hasColours);
    this.errorColors = createColors(this.errorTerminal.hasColours);
  }

  /** Writes a line; waits while the reader is slower than we are, so that streams of any length fit in memory. */
  async print(line: string): Promise<void> {
    if (!this.io.stdout.write(`${line}\n`)) await once(this.io.stdout, 'drain');
  }
  printJson = (value: unknown): Promise<void> => this.print(JSON.stringify(value));
  /** A line for the person who watches, beside the results. */
  note(line: string): void {
    this.io.stderr.write(`${line}\n`);
  }
}
