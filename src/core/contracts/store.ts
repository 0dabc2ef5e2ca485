import type { Manifest } from './manifest';
import type { Job, RecordOf } from './record';

/** What a folder of records holds for one key. */
export type Stored<R extends RecordOf = RecordOf> =
  | { readonly status: 'finished'; readonly record: R }
  | { readonly status: 'missing' }
  | { readonly status: 'corrupt'; readonly file: string; readonly reason: string }
  | {
      /** Made by other code, another engine or other settings. */
      readonly status: 'stale';
      readonly file: string;
      readonly record: R;
      readonly reason: string;
      /** Key of the job that asks now what it answered; absent: none has its seed, or nobody looked. */
      readonly cell?: string;
    }
  | {
      /** Made by a run that asked for other seeds or other jobs: sound, and no part of this manifest. */
      readonly status: 'of another run';
      readonly file: string;
      readonly record: R;
      readonly reason: string;
    };

/** Keeps records and checkpoints. Writes are atomic: a reader or a crash sees the old content or the new. */
export interface Store {
  /** Folder for messages. */
  readonly location: string;
  load(key: string): Promise<Stored>;
  /** Everything in the folder, finished, corrupt, stale, or of another run (its key is not in `expected`). */
  scan(expected: ReadonlySet<string>): Promise<Stored[]>;
  save(record: RecordOf): Promise<void>;
  loadCheckpoint(key: string): Promise<Uint8Array | null>;
  saveCheckpoint(key: string, content: Uint8Array): Promise<void>;
  removeCheckpoint(key: string): Promise<void>;
  loadManifest(): Promise<Manifest<Job> | null>;
  saveManifest(manifest: Manifest<Job>): Promise<void>;
}
