import type { Protocol } from '../protocol';
import type { AnswerMode } from './architecture';
import type { EngineName } from './engine';
import type { LengthRange } from './reference';

export const recordSchemaVersion = 1;

export interface UnitChoice {
  readonly id: string;
  readonly version: number;
  /** All hyperparameters, defaults included. */
  readonly hyperparameters: Readonly<Record<string, unknown>>;
}

/** Full specification of one training run and its evaluation; the SHA-256 of its canonical JSON is its key. */
export interface CellSpecification {
  readonly schemaVersion: number;
  readonly architecture: UnitChoice;
  readonly task: UnitChoice;
  readonly mode: AnswerMode | 'baseline';
  readonly protocol: Protocol;
  readonly seed: number;
  /** Engine family that trains it; `none` for baselines. */
  readonly engine: EngineName | 'none';
}

export interface Cell {
  readonly key: string;
  readonly specification: CellSpecification;
  /** Where the units come from when they are not built in: plugin files or package names to load first. */
  readonly plugins: readonly string[];
  /** Row and column it belongs to, where the experiment gives them a name other than the unit's id. */
  readonly row?: string;
  readonly column?: string;
}

/** Both scores are means in 0..1. */
export interface Score {
  /** Share of sequences whose scored positions are all right. */
  readonly exact: number;
  /** Share of scored positions that are right, mean over sequences. */
  readonly token: number;
}

export interface LengthResult {
  readonly length: number;
  readonly range: LengthRange;
  readonly sequences: number;
  /** Null where the length was not evaluated. */
  readonly score: Score | null;
  /** Why it was not evaluated. */
  readonly notEvaluated?: string;
  /** Chain-of-thought rows: share of sequences whose trace is right. */
  readonly traceExact?: number;
}

export interface RangeResult {
  /** Mean over the evaluated lengths; null where none was. */
  readonly score: Score | null;
  readonly evaluatedLengths: number;
  readonly notEvaluatedLengths: number;
}

export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  /** On the validation set, where it was evaluated. */
  readonly heldOut?: Score;
}

export interface TrainingResult {
  readonly outcome: 'completed' | 'stopped-early' | 'diverged';
  readonly steps: number;
  readonly parameterCount: number;
  readonly curve: readonly CurvePoint[];
  /** Trained lengths left out because of `trainingTokenBudget`; empty when none. */
  readonly excludedLengths: readonly number[];
  /** On the validation set, at the last evaluation. */
  readonly heldOut: Score | null;
}

/** What may differ between two runs of one cell. Everything else in a record is reproducible to the byte. */
export interface Provenance {
  readonly startedAt: string;
  readonly trainingSeconds: number;
  readonly evaluationSeconds: number;
  readonly resumed: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
  readonly engine: string;
}

export interface CellRecord {
  readonly schemaVersion: number;
  readonly key: string;
  readonly specification: CellSpecification;
  /** Null for baselines. */
  readonly training: TrainingResult | null;
  readonly lengths: readonly LengthResult[];
  readonly ranges: Readonly<Record<LengthRange, RangeResult>>;
  readonly provenance: Provenance;
}

/** A cell that cannot be measured at all, with the reason: a chain-of-thought row on a task without a trace. */
export interface Inapplicable {
  readonly architecture: string;
  readonly task: string;
  readonly reason: string;
}

/** What a run set out to do; written beside the records so that views need no tensor library and no unit code. */
export interface Manifest {
  readonly schemaVersion: number;
  readonly experiment: string;
  readonly architectures: readonly ManifestRow[];
  readonly tasks: readonly ManifestColumn[];
  readonly cells: readonly Cell[];
  readonly inapplicable: readonly Inapplicable[];
}

export interface ManifestRow {
  readonly id: string;
  readonly title: string;
  readonly kind: 'architecture' | 'baseline';
  /** Baselines: see `BaselineMeta`. */
  readonly usesSolver?: boolean;
  readonly claims: readonly {
    readonly task: string;
    readonly range: LengthRange;
    readonly atLeast?: number;
    readonly atMost?: number;
    readonly source: string;
  }[];
}

export interface ManifestColumn {
  readonly id: string;
  readonly title: string;
  readonly level: string;
}
