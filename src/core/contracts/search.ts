import { ArrayMinSize, IsArray, IsIn, IsInt, IsNumber, IsObject, IsString, Max, Min } from 'class-validator';
import { IsDigest, IsPlainText, OrNull } from '../fields';
import { EachNested } from '../validation';

/** How trials are compared: see `docs/search.md`. */
export const searchRules = ['successive-halving', 'all'] as const;
/** One of them. */
export type SearchRule = (typeof searchRules)[number];

/** Settings that are tried together, by path: of the protocol (`optimiser.learningRate`), or `hyperparameters.` of the row. */
export type SearchSettings = Readonly<Record<string, unknown>>;

/** One training of a search. */
export class SearchTrial {
  @IsObject() readonly settings!: SearchSettings;
  /** Counts from 1: trials of the same settings differ in what is drawn at random. */
  @IsInt() @Min(1) readonly seed!: number;
}

/** How the settings of a cell are chosen before it is measured; its seeds have the search in common. */
export class SearchSpecification {
  /** Of the study that searches. */
  @IsInt() @Min(1) readonly version!: number;
  @IsIn(searchRules) readonly rule!: SearchRule;
  /** Begins the streams of random numbers of its trials, which no report shares: see `streamOfTrial`. */
  @IsInt() @Min(1) @Max(2 ** 31) readonly seed!: number;
  @ArrayMinSize(1) @EachNested(() => SearchTrial) readonly trials!: readonly SearchTrial[];
}

/** What a trial had reached at a rung: on the validation set, nothing longer. */
export class RungScore {
  /** Steps taken; fewer than the rung where training ended before it. */
  @IsInt() @Min(0) readonly step!: number;
  /** Share of sequences whose scored positions are all right, 0..1. */
  @IsNumber() @Min(0) @Max(1) readonly exact!: number;
  /** Share of scored positions that are right, mean over sequences. */
  @IsNumber() @Min(0) @Max(1) readonly token!: number;
  /** Mean cross-entropy of the scored positions, in nats; null where it is no finite number. */
  @OrNull() @IsNumber() readonly loss!: number | null;
}

/** A trial, and what came of it. */
export class SearchedTrial extends SearchTrial {
  /** At each rung that it came to. */
  @EachNested(() => RungScore) readonly reached!: readonly RungScore[];
  @IsInt() @Min(0) readonly steps!: number;
  /** `paused` at its last rung, or how its training ended: see `TrainingResult`. */
  @IsString() @IsPlainText() readonly ended!: string;
}

/** What the study `search` measures. */
export class SearchBody {
  /** Steps at which trials are compared, in order. */
  @IsArray() @IsInt({ each: true }) readonly rungs!: readonly number[];
  /** In the order of the specification. */
  @ArrayMinSize(1) @EachNested(() => SearchedTrial) readonly trials!: readonly SearchedTrial[];
  /** Place of the best in `trials`. */
  @IsInt() @Min(0) readonly chosen!: number;
  /** Of all trials together. */
  @IsInt() @Min(0) readonly steps!: number;
}

/** The search of a cell, in its record. */
export class CellSearch extends SearchBody {
  /** Of the record of the search. */
  @IsDigest() readonly key!: string;
  @IsIn(searchRules) readonly rule!: SearchRule;
}
