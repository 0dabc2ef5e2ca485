import type { CurvePoint, Job, RecordOf, Score } from './record';

/** Where a running job is. */
export type CellPhase = 'starting' | 'searching' | 'training' | 'evaluating';

/** What a running cell says of itself. */
export interface CellProgress {
  readonly phase: CellPhase;
  readonly step: number;
  readonly steps: number;
  readonly loss?: number;
  readonly heldOut?: Score;
  /** Where held-out inputs were looked at since the last report: the point that this adds to the curve. */
  readonly look?: CurvePoint;
}

/** What happens to the jobs of a run. */
export type RunEvent =
  | { readonly type: 'cell-started'; readonly cell: Job; readonly worker: number }
  | { readonly type: 'cell-progress'; readonly cell: Job; readonly worker: number; readonly progress: CellProgress }
  | { readonly type: 'cell-finished'; readonly cell: Job; readonly worker: number; readonly record: RecordOf }
  | { readonly type: 'cell-failed'; readonly cell: Job; readonly worker: number; readonly error: SerialisedError }
  /** Another process who shares the folder was quicker: the cell is waited for. */
  | { readonly type: 'cell-claimed'; readonly cell: Job; readonly worker: number }
  | {
      readonly type: 'worker-lost';
      readonly cell: Job;
      readonly worker: number;
      readonly reason: string;
      readonly retry: boolean;
    };

/** An error as it crosses a process boundary. */
export interface SerialisedError {
  readonly code: string;
  readonly message: string;
  readonly stack?: string;
}

/** Shows a run to a person (or a log). */
export interface Reporter {
  /** `cells` are those about to run; `alreadyFinished` counts the others of the experiment. */
  begin(cells: readonly Job[], alreadyFinished: number): void;
  event(event: RunEvent): void;
  /** A line for the person who watches, put where it does not disturb what is shown. */
  note(text: string): void;
  end(): void;
}

/** Measures one job and keeps its record: the function that every executor ends up calling. */
export type RunJob = (job: Job, onProgress: (progress: CellProgress) => void, signal: AbortSignal) => Promise<RecordOf>;
