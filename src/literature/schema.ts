import 'reflect-metadata';
import {
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { lengthRanges, type LengthRange } from '../core/contracts/reference';
import { EachNested, Nested } from '../core/validation';

/** How a figure was read: in the paper or its repository, or in another paper that quotes it. */
export const marks = { V: 'read in the paper or its repository', S: 'read in a secondary source' } as const;
export type Mark = keyof typeof marks;

export class Source {
  /** "Grazzi et al. 2025". */
  @IsString() @IsNotEmpty() authors!: string;
  /** arXiv identifier, repository or venue. */
  @Matches(/^(arXiv:\d{4}\.\d{4,5}|https:\/\/\S+|NeurIPS \d{4})$/) identifier!: string;
}

/**
 * What a figure says of records of the zoo. It is a judgement, as metric and protocol differ: the bound leaves room, and
 * is one of exact-match accuracy.
 */
export class FigureClaim {
  @IsIn(lengthRanges) range!: LengthRange;
  @IsOptional() @IsNumber() @Min(0) @Max(1) atLeast?: number;
  @IsOptional() @IsNumber() @Min(0) @Max(1) atMost?: number;
  /** Ids of the rows it is made of, where they are not the one of the label alone. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) architectures?: string[];
  /** How the bound follows, where the figure does not tell. */
  @IsOptional() @IsString() @IsNotEmpty() note?: string;
}

/** A figure with what is known about it; written as a bare number where that is all. */
export class Figure {
  @IsNumber() @Min(0) score!: number;
  /** Standard deviation over runs. */
  @IsOptional() @IsNumber() @Min(0) deviation?: number;
  /** Where only a bound was published. */
  @IsOptional() @IsIn(['at most', 'below']) bound?: 'at most' | 'below';
  @IsOptional() @Nested(() => FigureClaim) claim?: FigureClaim;
}

/** Figures of one column of a published table. */
export class ResultTable {
  /** Id of the task. */
  @IsString() @IsNotEmpty() task!: string;
  /** What differs from the task as it is here, or from the protocol of the source. */
  @IsOptional() @IsString() @IsNotEmpty() note?: string;
  /** "table 3". */
  @IsString() @IsNotEmpty() place!: string;
  @IsIn(Object.keys(marks)) mark!: Mark;
  /** What is counted and how seeds are reduced. */
  @IsString() @IsNotEmpty() metric!: string;
  /** Where the figures are those of the best of several runs: claims compare them with our best run. */
  @IsOptional() @IsIn(['maximum']) overSeeds?: 'maximum';
  /** How many runs that was the best of. */
  @ValidateIf(({ overSeeds, runs }: ResultTable) => overSeeds !== undefined || runs !== undefined)
  @IsInt()
  @Min(2)
  runs?: number;
  /** Shares are in 0..1, lengths in symbols. */
  @IsIn(['share', 'length']) unit: 'share' | 'length' = 'share';
  /** Lengths it was measured at. */
  @IsString() @IsNotEmpty() lengths!: string;
  /** Label of the row in the source -> a number or a `Figure`. */
  @IsObject() scores!: Record<string, unknown>;
}

/** A file of literature: what one publication reports. */
export class LiteratureFile {
  @Nested(() => Source) source = new Source();
  @IsString() @IsNotEmpty() protocol!: string;
  /** Label of a row -> id of the architecture it is here; labels without one have none. */
  @IsObject() architectures!: Record<string, string>;
  @ArrayMinSize(1) @EachNested(() => ResultTable) results!: ResultTable[];
}
