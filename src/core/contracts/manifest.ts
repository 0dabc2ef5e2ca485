import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min, ValidateIf } from 'class-validator';
import { keepable, type Kept } from '../experiment';
import { IsDigest, IsPlainText, OrNull } from '../fields';
import { namePattern } from '../names';
import { EachNested, Nested } from '../validation';
import { Job, type Cell } from './record';
import { lengthRanges, type LengthRange } from './reference';
import { ManifestTheory } from './theory';

/** A pair that cannot be measured at all, with the reason: a chain-of-thought row on a task without a trace. */
export class Inapplicable {
  @IsString() @IsPlainText() readonly architecture!: string;
  @IsString() @IsPlainText() readonly task!: string;
  @IsString() @IsPlainText() readonly reason!: string;
}

/** A published statement about a row, with what a person needs to find it. Scores are exact-match accuracies. */
export class ManifestClaim {
  @IsString() @IsPlainText() readonly task!: string;
  @IsIn(lengthRanges) readonly range!: LengthRange;
  /** One of the two, or both. */
  @ValidateIf(({ atMost, atLeast }: ManifestClaim) => atMost === undefined || atLeast !== undefined)
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly atLeast?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) readonly atMost?: number;
  /** How the source reduces its seeds, where that is not their middle; ours are reduced the same way. */
  @IsOptional() @IsIn(['maximum']) readonly overSeeds?: 'maximum';
  /** Of a maximum: over how many runs, where the source says it. */
  @IsOptional() @IsInt() @Min(1) readonly runs?: number;
  /** Shortest length that was measured, where the source says it. */
  @IsOptional() @IsInt() @Min(0) readonly shortest?: number;
  @IsString() @IsPlainText() readonly source!: string;
}

/**
 * That a row was measured by somebody else: what is said of it where a submission is shown. No file of ours holds it, nor is it
 * believed of one.
 */
export interface ShownSubmission {
  /** Id of the row in the submission. */
  readonly row: string;
  /** Behind its name: "submitted, not verified". */
  readonly status: string;
  /** Of the submission. */
  readonly digest: string;
  readonly by: string;
  readonly contact: string;
  readonly licence: string;
  readonly cells: number;
  /** Cells that were measured again here: with the same outcome, and with another. */
  readonly agreed: number;
  readonly disagreed: number;
}

/** A row that an experiment asks for. */
export class ManifestRow {
  @IsString() @IsPlainText() readonly id!: string;
  @IsString() @IsPlainText() readonly title!: string;
  @IsIn(['architecture', 'baseline']) readonly kind!: 'architecture' | 'baseline';
  /** Baselines: see `BaselineMeta`. */
  @IsOptional() @IsBoolean() readonly usesSolver?: boolean;
  /** What its variants have in common with it; absent: its id without a swept setting. */
  @IsOptional() @IsString() @IsPlainText() readonly family?: string;
  @EachNested(() => ManifestClaim) readonly claims!: readonly ManifestClaim[];
  /** Of rows that are read from a submission. */
  readonly submission?: ShownSubmission;
}

/** A column that an experiment asks for. */
export class ManifestColumn {
  @IsString() @IsPlainText() readonly id!: string;
  @IsString() @IsPlainText() readonly title!: string;
  @IsString() @IsPlainText() readonly level!: string;
  /** What its variants and its like of one module have in common; absent: its id without a swept setting. */
  @IsOptional() @IsString() @IsPlainText() readonly family?: string;
}

/**
 * What a row takes on a column, which follows from its hyperparameters and the protocol and needs no training. Records have
 * what was spent.
 */
export class ManifestCost {
  /** Row and column, as `Job` names them. */
  @IsString() @IsPlainText() readonly architecture!: string;
  @IsString() @IsPlainText() readonly task!: string;
  /** Numbers that are trained. */
  @IsInt() @Min(0) readonly parameters!: number;
  /** Numbers in the state of one sequence at the longest trained length; 0 where there is none. */
  @IsInt() @Min(0) readonly state!: number;
  /** Floating-point operations of the matrix products that one token takes there, forward; null where they cannot be traced. */
  @OrNull() @IsInt() @Min(0) readonly flops!: number | null;
  /** Tokens that are written for an answer there, chain of thought included; 0 where all are answered at once. */
  @IsInt() @Min(0) readonly tokensPerAnswer!: number;
}

/**
 * What a run set out to do; written beside the records so that views need no tensor library and no unit of the grid. A
 * study whose jobs are no pairs of rows and columns leaves those lists empty.
 */
export class Manifest<J extends Job = Cell> {
  @IsInt() readonly schemaVersion!: number;
  @IsString() @Matches(namePattern) readonly experiment!: string;
  /** Fingerprint of the experiment, defaults and settings filled in. */
  @IsOptional() @IsDigest() readonly experimentFingerprint?: string;
  /** What stays with the records besides what is measured. */
  @IsOptional() @IsIn(keepable, { each: true }) readonly keep?: readonly Kept[];
  /** Id of the study; absent: capability. */
  @IsOptional() @IsString() @IsPlainText() readonly study?: string;
  @EachNested(() => ManifestRow) readonly architectures!: readonly ManifestRow[];
  @EachNested(() => ManifestColumn) readonly tasks!: readonly ManifestColumn[];
  @EachNested(() => Job) readonly cells!: readonly J[];
  @EachNested(() => Inapplicable) readonly inapplicable!: readonly Inapplicable[];
  /** Whether all of it is to be trained on machines of one kind, that of the first (`Provenance.machineKind`). */
  @IsOptional() @IsBoolean() readonly sameMachine?: boolean;
  /** What theory says of its cells; of the study `capability`. */
  @IsOptional() @Nested(() => ManifestTheory) readonly theory?: ManifestTheory;
  /** What its rows take, for each pair that is trained; of the study `capability`. */
  @IsOptional() @EachNested(() => ManifestCost) readonly costs?: readonly ManifestCost[];
}
