import type { RunEvent } from './execution';
import type { Job, RecordOf } from './record';
import type { RecordWords } from './study';

/** What a log says of itself. */
export interface LogMeta {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is written, and for which reader. */
  readonly summary: string;
}

/** A run that is about to begin. */
export interface LoggedRun {
  readonly experiment: string;
  /** Folder of results; a log writes into a folder of its own there. */
  readonly folder: string;
  /** Jobs that are about to run, and how many others were finished before. */
  readonly jobs: readonly Job[];
  readonly alreadyFinished: number;
  readonly engine: string;
  /** What the study says of a record. */
  tell(record: RecordOf): RecordWords;
}

/** Writes what happens in a run, while it happens, for other programs. It must not throw: a run does not end with its log. */
export interface Log {
  /** `at`: milliseconds since 1970. Returns the file or folder that is written, for whoever started the run. */
  begin(run: LoggedRun, at: number): string;
  event(event: RunEvent, at: number): void;
  end(at: number): void;
}
