import { fstatSync } from 'node:fs';
import { createColors } from 'picocolors';
import type { Drawn } from '../core/contracts/view';
import { printableColoured, printableJson, printableLines } from '../report/printable';
import { terminalOf, type Terminal } from '../report/terminal';

type Colors = ReturnType<typeof createColors>;

/** Why work is to stop: Ctrl-C, a signal to end or a closed terminal, or that nobody reads what is written any longer. */
export type Interruption = 'keyboard' | 'signal' | 'unread';

/** Standard output cannot be written to. */
export class OutputGone extends Error {
  override readonly name = 'OutputGone';
  constructor(override readonly cause: NodeJS.ErrnoException) {
    super(cause.message);
  }
  /** A reader who has seen enough (zoo list | head), which is no error. */
  get isClosed(): boolean {
    return closed.has(this.cause.code);
  }
}

/** Codes of a pipe whose reader has left and of a terminal that was closed. */
const closed = new Set<string | undefined>(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/** The world as a command sees it; tests bring their own. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** Calls back where work is to stop, until the returned function is called. After the first, Ctrl-C ends the process. */
  onInterrupt(listener: (cause: Interruption) => void): () => void;
}

export function processIo(): Io {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    workingFolder: process.cwd(),
    onInterrupt,
  };
}

function onInterrupt(listener: (cause: Interruption) => void): () => void {
  const hear = (cause: Interruption) => {
    process.off('SIGINT', keyboard);
    listener(cause);
  };
  const keyboard = () => hear('keyboard');
  const signal = () => hear('signal');
  const hangUp = () => {
    process.on('SIGHUP', () => {}); // the shell sends one after that of the terminal
    hear('signal');
  };
  const unread = ({ code }: NodeJS.ErrnoException) => {
    if (closed.has(code) && isOneStream()) hear('unread');
  };
  process.on('SIGINT', keyboard).on('SIGTERM', signal).on('SIGHUP', hangUp);
  process.stderr.on('error', unread);
  return () => {
    process.off('SIGINT', keyboard).off('SIGTERM', signal).off('SIGHUP', hangUp);
    process.stderr.off('error', unread);
  };
}

/** Whether results and notes go to the same reader; who closes a log alone still wants the results. */
function isOneStream(): boolean {
  try {
    const [output, notes] = [fstatSync(1), fstatSync(2)];
    return output.dev === notes.dev && output.ino === notes.ino;
  } catch {
    return true;
  }
}

/** What reading and measuring need of the world, whoever asks. */
export interface Surroundings {
  readonly io: Pick<Io, 'workingFolder'>;
  /** Hears what should be known, a line at a time. */
  readonly note: (line: string) => void;
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
    io.stdout.on('error', () => {}); // told to whoever prints
    io.stderr.on('error', () => {}); // a closed log does not end the work
    this.terminal = terminalOf(io.stdout, io.environment);
    this.errorTerminal = terminalOf(io.stderr, io.environment);
    this.colors = createColors(this.terminal.hasColours);
    this.errorColors = createColors(this.errorTerminal.hasColours);
  }

  /**
   * Writes a line; waits while the reader is slower than we are, so that streams of any length fit in memory.
   * @throws OutputGone
   */
  print(line: string): Promise<void> {
    return this.output(printableColoured(`${line}\n`));
  }
  /** What a view drew: bytes as they are, a text with one line break at its end. @throws OutputGone */
  write(drawn: Drawn): Promise<void> {
    return typeof drawn === 'string' ? this.print(drawn.replace(/\n+$/, '')) : this.output(drawn);
  }
  private output(content: Drawn): Promise<void> {
    return new Promise((resolve, reject) =>
      this.io.stdout.write(content, (error) => (error ? reject(new OutputGone(error)) : resolve())),
    );
  }
  printJson = (value: unknown): Promise<void> => this.print(printableJson(value));
  /** A line for the person who watches, beside the results. */
  readonly note = (line: string): void => void this.io.stderr.write(`${printableLines(line)}\n`);
}
