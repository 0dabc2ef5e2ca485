import type { Rng } from './random';
import type { Task } from './task';

/** What a baseline says of itself. */
export interface BaselineMeta {
  readonly id: string;
  /** Raised when a change can move results. */
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  /** Answers with the task's own solver: a ceiling rather than a level of chance, so scores are never scaled by it. */
  readonly usesSolver?: boolean;
}

/** Answers one input; missing positions count as wrong, surplus ones are ignored. */
export type Guess = (input: readonly number[]) => number[];

/** What training on some lengths of a task can have shown. */
export interface Trained {
  /** Lengths that are trained on, ascending. */
  readonly lengths: readonly number[];
  /** Whether training can draw the input: its length is trained on, and it is not kept for validation or test. */
  canDraw(input: readonly number[]): boolean;
}

/** What a baseline may look at to answer inputs of one length. */
export interface Shown {
  /** Inputs of that length, drawn apart from the test set when somebody asks for them. */
  readonly samples: readonly (readonly number[])[];
  readonly rng: Rng;
  readonly trained: Trained;
}

/** A row without parameters: chance levels and the oracle. */
export interface Baseline {
  /** Returns how to answer inputs of one length. */
  fit(task: Task, shown: Shown): Guess;
}
