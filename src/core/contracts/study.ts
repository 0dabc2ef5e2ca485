import type { Experiment, ExperimentClass } from '../experiment';
import type { CellProgress, SerialisedError } from './execution';
import type { Engine, EngineName } from './engine';
import type { Manifest, ManifestCost } from './manifest';
import type { Job, Provenance, RecordHead, RecordOf } from './record';
import type { SearchRecord } from '../search';
import type { Stored } from './store';
import type { ManifestTheory, TheoryFilter } from './theory';

/** What a study says of itself. */
export interface StudyMeta<E extends Experiment = Experiment> {
  readonly id: string;
  /** Raised when a change can move results: records of older versions become stale. */
  readonly version: number;
  readonly title: string;
  /** One sentence: what is measured. */
  readonly summary: string;
  /** Class of its experiment files: the fields of `Experiment` and its own, with class-validator constraints. */
  readonly experiment: ExperimentClass<E>;
  /** Class of what `measure` returns, held against every record that is written or read. */
  readonly record: new () => object;
  /** What contradicts itself in what that class describes, or in its specification: it was not measured as it stands. */
  readonly contradiction?: (record: RecordOf) => string | undefined;
  /** Names of what its summary can be drawn as, for `@view({ of })`; the first one ends a run. */
  readonly presents: readonly [string, ...string[]];
}

/** What a study may know while it makes jobs of an experiment. */
export interface ExpandContext {
  /** File, for messages. */
  readonly file: string;
  /** Trains the jobs. */
  readonly engine: EngineName;
  /** Files of plugins that a process must load before it can run the jobs. */
  readonly plugins: readonly string[];
  /** Instead of the experiment's. */
  readonly seeds?: readonly number[];
}

/** Numbers by name. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What the measurement of one job may use of the world. */
export interface MeasureContext {
  /** Opened when it is first asked for. */
  engine(): Promise<Engine>;
  /** What `saveCheckpoint` was last given for this job, also by a process that was killed since. */
  loadCheckpoint(): Promise<Uint8Array | null>;
  saveCheckpoint(content: Uint8Array): Promise<void>;
  /** What the search of the job found; absent where it has none. */
  readonly search?: SearchRecord;
  /** Only where trained weights are to stay with the record: takes those that are evaluated, before they are. */
  readonly keepWeights?: (weights: readonly NamedArray[]) => void;
  onProgress(progress: CellProgress): void;
  /** Seconds, from a monotonic clock. */
  now(): number;
  /** After it a job saves a checkpoint and rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** What a measurement found, and what may differ when it is repeated. */
export interface Measured<Body extends object = object> {
  readonly body: Body;
  readonly provenance: Pick<Provenance, 'trainingSeconds' | 'evaluationSeconds' | 'searchSeconds' | 'resumed'>;
}

/** What columns of a grid can stand under: their level, their family (see `ManifestColumn`), or nothing. */
export const columnGroupings = ['level', 'family', 'task'] as const;
/** See `columnGroupings`. */
export type ColumnGrouping = (typeof columnGroupings)[number];

/** In which order a grid is shown; as the experiment has it, and columns by level, where nothing is asked. */
export interface Arrangement {
  /** Rows: by `capability`, `name` or `family`, or by what they reach on a column. */
  readonly sort?: string;
  readonly group?: ColumnGrouping;
}

/** A manifest and what a folder holds for it. */
export interface StudyResults<M = Manifest<Job>, R extends RecordOf = RecordOf> {
  readonly manifest: M;
  /** What the folder holds for the key of each job; a key that is not there is missing. */
  readonly stored: ReadonlyMap<string, Stored<R>>;
  /** Everything else in the folder. */
  readonly scanned?: readonly Stored<R>[];
  /** Jobs that failed in the run that is being reported. */
  readonly failures?: ReadonlyMap<string, SerialisedError>;
  /** Only cells of which theory's prediction came to this; for studies that predict. */
  readonly theory?: TheoryFilter;
  /** For studies that show a grid. */
  readonly arrangement?: Arrangement;
}

/** What a record says, in a line. */
export interface RecordWords {
  /** One character, as in the legend of the study's views. */
  readonly mark: string;
  /** "solves", "not learnt". */
  readonly outcome: string;
  /** "in range 100, near 100, far 99" */
  readonly details: string;
  /** Nothing better can be said of a record. */
  readonly isBest: boolean;
}

/** A kind of measurement: how an experiment becomes jobs, how a job is measured, and what its records say together. */
export interface Study<
  E extends Experiment = Experiment,
  J extends Job = Job,
  R extends RecordOf = RecordOf,
  Summary = unknown,
> {
  /** @throws unknown-unit or invalid-value naming file and JSON path */
  expand(experiment: E, context: ExpandContext): Manifest<J>;
  /** What whoever runs an experiment should know beforehand, a sentence each. */
  notes?(experiment: E, manifest: Manifest<J>): readonly string[];
  /** What theory says of its cells, for the manifest: asked once, when a run begins. */
  predict?(manifest: Manifest<J>): ManifestTheory;
  /** What its rows take on its columns, for the manifest: asked once, when a run begins. */
  costs?(manifest: Manifest<J>): readonly ManifestCost[];
  /** What the class `record` of its meta describes. */
  measure(job: J, context: MeasureContext): Promise<Measured<Omit<R, keyof RecordHead>>>;
  summarise(results: StudyResults<Manifest<J>, R>): Summary;
  /** One record, for whoever watches a run. */
  tell(record: R): RecordWords;
}
