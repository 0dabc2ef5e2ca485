import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { IsDigest, IsPlainText, IsPlainTexts, OrNull } from '../fields';
import { Protocol } from '../protocol';
import { EachNested, isPlainObject, Nested } from '../validation';
import type { AnswerMode } from './architecture';
import type { EngineName } from './engine';
import { lengthRanges, type LengthRange } from './reference';
import type { Readings } from './probe';
import { CellSearch, SearchSpecification } from './search';

/**
 * What is written and read back: these classes are the contract and its validation at once. Keys beyond theirs are
 * kept.
 */
export const recordSchemaVersion = 2;

/** Required where no study is named; a study of another kind may have jobs without it. */
const WithoutStudy = () =>
  ValidateIf((specification: JobSpecification, value) => specification.study === undefined || value !== undefined);
const IsReadings = (): PropertyDecorator =>
  ValidateBy({
    name: 'readings',
    validator: {
      validate: (value: unknown) =>
        isPlainObject(value) && Object.values(value).every((each) => typeof each === 'number' && Number.isFinite(each)),
      defaultMessage: () => '$property must have a finite number for every name',
    },
  });

/** A unit with its hyperparameters, as a specification names it. */
export class UnitChoice {
  @IsString() @IsPlainText() readonly id!: string;
  @IsInt() @Min(1) readonly version!: number;
  /** All hyperparameters, defaults included. */
  @IsObject() readonly hyperparameters!: Readonly<Record<string, unknown>>;
}

/** A plugin as its code was. */
export class PluginCode {
  @IsString() readonly name!: string;
  @IsString() readonly version!: string;
  /** SHA-256 of its files and what they import of their own, in hexadecimal. */
  @IsDigest() readonly digest!: string;
}

/**
 * Code that a job is measured with, as far as its units do not name it: filled in by `zoo run`, whatever the study, and
 * held against the code at hand before a job is measured.
 */
export class CodeIdentity {
  /** Version of the study, where none is named. */
  @IsOptional() @IsInt() @Min(1) readonly studyVersion?: number;
  /** `EngineMeta.revision` of the engine; absent where nothing is trained. */
  @IsOptional() @IsInt() @Min(1) readonly engineRevision?: number;
  /** Plugins that have a part in its units, by name; absent where there are none. */
  @IsOptional() @EachNested(() => PluginCode) readonly pluginCode?: readonly PluginCode[];
}

/** Everything that can move the result of a job; the SHA-256 of its canonical JSON is its key. */
export class JobSpecification extends CodeIdentity {
  @IsInt() readonly schemaVersion!: number;
  /** The kind of measurement and what it is asked besides; absent: capability. */
  @IsOptional() @Nested(() => UnitChoice) readonly study?: UnitChoice;
  @WithoutStudy() @Nested(() => UnitChoice) readonly architecture?: UnitChoice;
  @WithoutStudy() @Nested(() => UnitChoice) readonly task?: UnitChoice;
  @WithoutStudy() @IsIn(['direct', 'chain-of-thought', 'filler', 'baseline']) readonly mode?: AnswerMode | 'baseline';
  @WithoutStudy() @Nested(() => Protocol) readonly protocol?: Protocol;
  /** What looks at the model in training; absent where nothing does. */
  @IsOptional() @EachNested(() => UnitChoice) readonly probes?: readonly UnitChoice[];
  /** How settings are chosen first; absent where those that stand here are taken. */
  @IsOptional() @Nested(() => SearchSpecification) readonly search?: SearchSpecification;
  @IsInt() @Min(1) @Max(2 ** 31) readonly seed!: number;
  /** Engine that trains it; `none` where nothing is trained. */
  @IsString() @IsPlainText() readonly engine!: EngineName | 'none';
}

/** One measurement: what executors run and records belong to. */
export class Job<Specification extends JobSpecification = JobSpecification> {
  @IsDigest() readonly key!: string;
  @Nested(() => JobSpecification) readonly specification!: Specification;
  /** Where the units come from when they are not built in: plugin files or package names to load first. */
  @IsArray() @IsString({ each: true }) @IsPlainTexts() readonly plugins!: readonly string[];
  /** Files that its task is made of, as its specification has their digests: digest and path. */
  @IsOptional() @IsObject() readonly data?: Readonly<Record<string, string>>;
  /** Row and column it belongs to, where the experiment gives them a name other than the unit's id. */
  @IsOptional() @IsString() @IsPlainText() readonly row?: string;
  @IsOptional() @IsString() @IsPlainText() readonly column?: string;
}

/** Full specification of one training run and its evaluation. */
export type CellSpecification = JobSpecification &
  Required<Pick<JobSpecification, 'architecture' | 'task' | 'mode' | 'protocol'>>;
/** A job of the study `capability`: a row, a column, a protocol and a seed. */
export type Cell = Job<CellSpecification>;

/** The zoo's own sources, where they are a clone. */
export class Commit {
  @Matches(/^[0-9a-f]{40,64}$/) readonly id!: string;
  /** Whether sources were changed since, or are not part of it. */
  @IsBoolean() readonly dirty!: boolean;
}

/** What may differ between two runs of one job. Everything else in a record is reproducible to the byte. */
export class Provenance {
  @IsString() readonly startedAt!: string;
  @IsNumber() @Min(0) readonly trainingSeconds!: number;
  @IsNumber() @Min(0) readonly evaluationSeconds!: number;
  /** Of the search, which all seeds of a cell have in common; absent where there is none. */
  @IsOptional() @IsNumber() @Min(0) readonly searchSeconds?: number;
  /** How often it went on from a checkpoint. */
  @IsInt() @Min(0) readonly resumed!: number;
  @IsObject() readonly versions!: Readonly<Record<string, string>>;
  @IsString() readonly machine!: string;
  /**
   * What decides how its engine rounds: vectors of the processor, and what compiled for them. Records of one kind are equal to
   * the byte. Absent where nothing was trained.
   */
  @IsOptional() @IsString() readonly machineKind?: string;
  @IsString() readonly engine!: string;
  /** "node 20.19.5" */
  @IsOptional() @IsString() readonly runtime?: string;
  /** Absent in an installed package, whose version is among `versions`. */
  @IsOptional() @Nested(() => Commit) readonly commit?: Commit;
  /** SHA-256 of the file of trained weights, which is named by it; absent where none were kept. */
  @IsOptional() @IsDigest() readonly weights?: string;
  /** Fingerprint of the experiment that asked for it, defaults and settings filled in; absent where none did. */
  @IsOptional() @IsDigest() readonly experiment?: string;
}

/** What every record has; beside it stands what its study measured. */
export class RecordHead {
  @IsInt() readonly schemaVersion!: number;
  @IsDigest() readonly key!: string;
  @Nested(() => JobSpecification) readonly specification!: JobSpecification;
  @Nested(() => Provenance) readonly provenance!: Provenance;
}
/** A record whose body is what a study measured. */
export type RecordOf<Body extends object = object> = RecordHead & Body;

/** Both scores are means in 0..1. */
export class Score {
  /** Share of sequences whose scored positions are all right. */
  @IsNumber() @Min(0) @Max(1) readonly exact!: number;
  /** Share of scored positions that are right, mean over sequences. */
  @IsNumber() @Min(0) @Max(1) readonly token!: number;
}

/** What is wrong with the answers that are not exact: shares of all sequences, which add to 1 with `exact`. */
export class Faults {
  /** No end was written within the longest sequence that the task needs. */
  @IsNumber() @Min(0) @Max(1) readonly unfinished!: number;
  /** Finished, but not of the right length or with tokens that are no answer symbols. */
  @IsNumber() @Min(0) @Max(1) readonly malformed!: number;
  /** As long as the right answer, of answer symbols, and not it. */
  @IsNumber() @Min(0) @Max(1) readonly wrong!: number;
}

/** Scores at one evaluated length. */
export class LengthResult {
  /** Length that the inputs have. */
  @IsInt() @Min(1) readonly length!: number;
  @IsIn(lengthRanges) readonly range!: LengthRange;
  /** Sequences that were answered. */
  @IsInt() @Min(0) readonly sequences!: number;
  /** Others of the test set, which were not: evaluation was sequential, and the verdict certain without them. */
  @IsOptional() @IsInt() @Min(1) readonly unmeasured?: number;
  /** Null where the length was not evaluated. */
  @OrNull() @Nested(() => Score) readonly score!: Score | null;
  /** Why it was not evaluated. */
  @IsOptional() @IsString() readonly notEvaluated?: string;
  /** Why its score does not enter the mean of its range: training could have drawn every input there is. */
  @IsOptional() @IsString() readonly notAveraged?: string;
  /** Where there is a score. */
  @IsOptional() @Nested(() => Faults) readonly faults?: Faults;
  /** Why the row cannot hold the whole input, where its external memory is too small; it is scored all the same. */
  @IsOptional() @IsString() readonly exceedsMemory?: string;
  /** Chain-of-thought rows: share of sequences whose trace is right. */
  @IsOptional() @IsNumber() @Min(0) @Max(1) readonly traceExact?: number;
}

/** Scores of one range of lengths. */
export class RangeResult {
  /** Mean over the lengths that are averaged, of all evaluated ones where none is; null where none was evaluated. */
  @OrNull() @Nested(() => Score) readonly score!: Score | null;
  /** Why the task cannot be measured here: it has no inputs of these lengths. */
  @IsOptional() @IsString() readonly notEvaluated?: string;
  @IsInt() @Min(0) readonly evaluatedLengths!: number;
  /** Of the evaluated ones, those that do not enter the mean; all of them: training could have drawn every test input. */
  @IsInt() @Min(0) readonly notAveragedLengths!: number;
  @IsInt() @Min(0) readonly notEvaluatedLengths!: number;
}

class RangeResults implements Readonly<Record<LengthRange, RangeResult>> {
  @Nested(() => RangeResult) readonly inRange = new RangeResult();
  @Nested(() => RangeResult) readonly near = new RangeResult();
  @Nested(() => RangeResult) readonly far = new RangeResult();
}

/** One look at held-out inputs during training. */
export class CurvePoint {
  @IsInt() @Min(0) readonly step!: number;
  /** Written as null where it is not a number: JSON has none. */
  @OrNull() @IsNumber() readonly loss!: number;
  /** On the validation set, where it was evaluated. */
  @IsOptional() @Nested(() => Score) readonly heldOut?: Score;
  /** What probes found, where some looked: probe and reading, joined by a full stop. */
  @IsOptional() @IsReadings() readonly readings?: Readings;
}

/** What a finite training set was, and how often it was seen. */
export class TrainingSetUse {
  @IsInt() @Min(1) readonly sequences!: number;
  /** Fewer than there are sequences where trained lengths have too few inputs. */
  @IsInt() @Min(1) readonly distinct!: number;
  /** Sequences that training drew as a multiple of those in the set. */
  @IsNumber() @Min(0) readonly epochs!: number;
}

/**
 * How training ended: at its last step, before it because the validation set was answered well enough or because nothing came of
 * it (`protocol.stop.futile`), or with a loss that is no number.
 */
export const trainingOutcomes = ['completed', 'stopped-early', 'stopped-futile', 'diverged'] as const;
/** One of them. */
export type TrainingOutcome = (typeof trainingOutcomes)[number];

/** What training came to. */
export class TrainingResult {
  @IsIn(trainingOutcomes) readonly outcome!: TrainingOutcome;
  @IsInt() @Min(0) readonly steps!: number;
  @IsInt() @Min(0) readonly parameterCount!: number;
  @EachNested(() => CurvePoint) readonly curve!: readonly CurvePoint[];
  /** Trained lengths left out because of `trainingTokenBudget`; empty when none. */
  @IsArray() @IsInt({ each: true }) readonly excludedLengths!: readonly number[];
  /** On the validation set, at the last evaluation. */
  @OrNull() @Nested(() => Score) readonly heldOut!: Score | null;
  /** Where the protocol has `trainingSequences`. */
  @IsOptional() @Nested(() => TrainingSetUse) readonly trainingSet?: TrainingSetUse;
}

/** Cells of an external memory, such as a stack or a tape. */
export class MemoryCells {
  @IsInt() @Min(1) readonly training!: number;
  @IsInt() @Min(1) readonly evaluation!: number;
}

/** What the study `capability` measures. */
export class CapabilityBody {
  /** Null for baselines. */
  @OrNull() @Nested(() => TrainingResult) readonly training!: TrainingResult | null;
  /** How the settings were chosen with which it was trained; absent where they are those of the specification. */
  @IsOptional() @Nested(() => CellSearch) readonly search?: CellSearch;
  /** Of rows that have one of fixed size. */
  @IsOptional() @Nested(() => MemoryCells) readonly memory?: MemoryCells;
  /** How inputs are drawn, where that depends on what is set of the task. */
  @IsOptional() @IsString() readonly law?: string;
  @EachNested(() => LengthResult) readonly lengths!: readonly LengthResult[];
  @Nested(() => RangeResults) readonly ranges: Readonly<Record<LengthRange, RangeResult>> = new RangeResults();
}
/** Record of a cell of the study `capability`. */
export type CellRecord = RecordOf<CapabilityBody> & { readonly specification: CellSpecification };
