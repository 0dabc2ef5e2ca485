import type { Cell, CellRecord, Score } from './record';

export type CellPhase = 'starting' | 'training' | 'evaluating';

/** What a running cell says of itself. */
export interface CellProgress {
  readonly phase: CellPhase;
  readonly step: number;
  readonly steps: number;
  readonly loss?: number;
  readonly heldOut?: Score;
}

export type RunEvent =
  | { readonly type: 'cell-started'; readonly cell: Cell; readonly worker: number }
  | { readonly type: 'cell-progress'; readonly cell: Cell; readonly worker: number; readonly progress: CellProgress }
  | { readonly type: 'cell-finished'; readonly cell: Cell; readonly worker: number; readonly record: CellRecord }
  | { readonly type: 'cell-failed'; readonly cell: Cell; readonly worker: number; readonly error: SerialisedError }
  | {
      readonly type: 'worker-lost';
      readonly cell: Cell;
      readonly worker: number;
      readonly reason: string;
      readonly retry: boolean;
    };

export interface SerialisedError {
  readonly code: string;
  readonly message: string;
  readonly stack?: string;
}

/** Runs cells somewhere. Resolves when every cell has finished or failed, or after `signal` once all is resumable. */
export interface Executor {
  run(cells: readonly Cell[], onEvent: (event: RunEvent) => void, signal: AbortSignal): Promise<void>;
}

/** Shows a run to a person (or a log). */
export interface Reporter {
  /** `cells` are those about to run; `alreadyFinished` counts the others of the experiment. */
  begin(cells: readonly Cell[], alreadyFinished: number): void;
  event(event: RunEvent): void;
  /** A line for the person who watches, put where it does not disturb what is shown. */
  note(text: string): void;
  end(): void;
}

/** Trains and evaluates one cell: the function that every executor ends up calling. */
export type RunCell = (
  cell: Cell,
  onProgress: (progress: CellProgress) => void,
  signal: AbortSignal,
) => Promise<CellRecord>;
