import 'reflect-metadata';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { lengthRanges, type LengthRange } from '../core/contracts/reference';
import { EachNested, Nested } from '../core/validation';
import { Source } from './schema';

const IsNames = (): PropertyDecorator => (target, key) => {
  for (const decorate of [IsArray(), ArrayMinSize(1), IsString({ each: true }), IsNotEmpty({ each: true })])
    decorate(target, key);
};

/** Where in a publication a claim is made. */
export class ClaimSource extends Source {
  /** "table 3". */
  @IsString() @IsNotEmpty() place!: string;
}

/** What is read of a run: whole answers or symbols that are right, or the sequences drawn until it had learnt. */
export const readings = ['exact', 'token', 'sequences'] as const;
/** How the seeds of a cell become one number. */
export const reductions = ['median', 'maximum', 'minimum'] as const;

/** Cells of records, by the names of rows and columns in their folder. */
export class ClaimCells {
  /** Folders of results; of each cell the first one that has records of it counts. */
  @IsNames() in!: string[];
  @IsNames() rows!: string[];
  @IsNames() columns!: string[];
  /** Ranges of lengths; of `sequences` there are none. */
  @ValidateIf(({ reading, ranges }: ClaimCells) => reading !== 'sequences' || ranges !== undefined)
  @ArrayMinSize(1)
  @IsIn(lengthRanges, { each: true })
  ranges?: LengthRange[];
  @IsIn(readings) reading: (typeof readings)[number] = 'exact';
  /** The longest evaluated length of the range alone. */
  @IsOptional() @IsBoolean() longest?: boolean;
  @IsIn(reductions) overSeeds: (typeof reductions)[number] = 'median';
}

/** A row that others are compared with, on the same columns and ranges. */
export class OtherRow {
  @IsString() @IsNotEmpty() row!: string;
}

/**
 * Something that has to hold of every cell that is named, of every row on every column in every range. Bounds are those of
 * the source.
 */
export class ClaimCondition extends ClaimCells {
  @IsOptional() @IsNumber() @Min(0) atLeast?: number;
  @IsOptional() @IsNumber() @Min(0) atMost?: number;
  /** Bounds are on a scale from this (0) to perfect (1), as the source has them: scaled = (score - chance) / (1 - chance). */
  @IsOptional() @IsNumber() @Min(0) chance?: number;
  /** More than this row, by more than the spread of their seeds. */
  @IsOptional() @Nested(() => OtherRow) above?: OtherRow;
  /** Of a maximum: how many runs the source's was the best of; the best of fewer falls short of it without saying anything. */
  @IsOptional() @IsInt() @Min(1) runs?: number;
  /** At least so many seeds have to keep the bounds, instead of the number that all of them become. */
  @IsOptional() @IsInt() @Min(1) seeds?: number;
  /** One of the cells is enough: the source tells the best of several. */
  @IsOptional() @IsBoolean() some?: boolean;
  /** How the bound follows from the source. */
  @IsString() @IsNotEmpty() because!: string;
}

/** What was trained besides, and did not bring another verdict: its numbers are read from its records. */
export class ClaimAttempt extends ClaimCells {
  /** What was tried: "one layer more, rate 0.003". */
  @IsString() @IsNotEmpty() what!: string;
}

/**
 * A published statement about what rows can learn. Its verdict is not here: it follows from records. What cannot be
 * compared has the reason instead of conditions.
 */
export class Claim {
  @IsInt() @Min(1) id!: number;
  /** A few words, which leave room for the verdict in 80 columns. */
  @IsString() @IsNotEmpty() @MaxLength(48) title!: string;
  /** In our words. */
  @IsString() @IsNotEmpty() statement!: string;
  @ArrayMinSize(1) @EachNested(() => ClaimSource) sources!: ClaimSource[];
  /** Of the sources, and what differs from it here. */
  @IsString() @IsNotEmpty() setting!: string;
  @ValidateIf(({ notComparable, conditions }: Claim) => notComparable === undefined || conditions !== undefined)
  @ArrayMinSize(1)
  @EachNested(() => ClaimCondition)
  conditions?: ClaimCondition[];
  /** Why none of it can be compared with records of the zoo. */
  @IsOptional() @IsString() @IsNotEmpty() notComparable?: string;
  /** The part of it that conditions leave out, and why. */
  @IsOptional() @IsString() @IsNotEmpty() notTested?: string;
  @IsOptional() @EachNested(() => ClaimAttempt) tried?: ClaimAttempt[];
}

/** A file of claims: those of one subject. */
export class ClaimFile {
  @IsString() @IsNotEmpty() subject!: string;
  @ArrayMinSize(1) @EachNested(() => Claim) claims!: Claim[];
}
