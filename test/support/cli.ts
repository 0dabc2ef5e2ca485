import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCli } from '../../src/cli/cli';
import type { Io } from '../../src/cli/io';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json<T = Record<string, unknown>>(): T;
}

export interface Surroundings {
  readonly workingFolder?: string;
  readonly stdin?: Iterable<string> | AsyncIterable<string>;
  /** Whether output is one, or how many columns it has. */
  readonly terminal?: boolean | number;
  readonly environment?: Record<string, string>;
  /** Called with what presses Ctrl-C. */
  readonly interrupt?: (press: () => void) => void;
}

class Collected extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;
  constructor(terminal: boolean | number) {
    super();
    this.isTTY = terminal !== false;
    this.columns = typeof terminal === 'number' ? terminal : 120;
  }
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs a command line in this process, as a person at `workingFolder` would. */
export async function zoo(commandLine: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { workingFolder = tmpdir(), stdin = [], terminal = false, environment = {}, interrupt } = surroundings;
  const [stdout, stderr] = [new Collected(terminal), new Collected(terminal)];
  const io: Io = {
    stdin: Readable.from(stdin),
    stdout,
    stderr,
    environment,
    workingFolder,
    onInterrupt: (listener) => {
      interrupt?.(() => listener('keyboard'));
      return () => {};
    },
  };
  const exitCode = await runCli(commandLine, io);
  return { exitCode, stdout: stdout.text, stderr: stderr.text, json: <T>() => JSON.parse(stdout.text) as T };
}

/** A folder to work in, removed after each test. */
export function workingFolder(): { readonly path: string; write(file: string, content: unknown): string } {
  let path = '';
  beforeEach(() => (path = mkdtempSync(join(tmpdir(), 'zoo-cli-'))));
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
    write: (file, content) => {
      writeFileSync(join(path, file), typeof content === 'string' ? content : JSON.stringify(content));
      return join(path, file);
    },
  };
}

/** An experiment that trains in a fraction of a second. */
export const tinyExperiment = {
  name: 'tiny',
  architectures: [{ id: 'lstm', hyperparameters: { hiddenSize: 4, embeddingWidth: 4 } }],
  tasks: ['parity'],
  baselines: ['uniform', 'oracle'],
  protocol: {
    trainingLengths: { maximum: 3 },
    steps: 4,
    batchSize: 4,
    heldOut: { every: 2, sequences: 4 },
    evaluation: { sequencesPerLength: 4, lengthsPerRange: 1 },
  },
};
