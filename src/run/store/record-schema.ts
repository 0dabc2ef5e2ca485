import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { lengthRanges } from '../../core/contracts/reference';
import { Protocol } from '../../core/protocol';

/**
 * What a record must look like to be believed: the contracts of src/core/contracts/record.ts as validated classes.
 * Keys beyond these are kept.
 */
const OrNull = () => ValidateIf((_, value) => value !== null);

class ScoreShape {
  @IsNumber() @Min(0) @Max(1) exact!: number;
  @IsNumber() @Min(0) @Max(1) token!: number;
}

class UnitChoiceShape {
  @IsString() id!: string;
  @IsInt() @Min(1) version!: number;
  @IsObject() hyperparameters!: object;
}

class SpecificationShape {
  @IsInt() schemaVersion!: number;
  @ValidateNested() @Type(() => UnitChoiceShape) architecture = new UnitChoiceShape();
  @ValidateNested() @Type(() => UnitChoiceShape) task = new UnitChoiceShape();
  @IsIn(['direct', 'chain-of-thought', 'filler', 'baseline']) mode!: string;
  @ValidateNested() @Type(() => Protocol) protocol = new Protocol();
  @IsInt() @Min(1) seed!: number;
  @IsString() engine!: string;
}

class CurvePointShape {
  @IsInt() @Min(0) step!: number;
  /** Null stands for a loss that is not a number: JSON has none. */
  @OrNull() @IsNumber() loss!: number | null;
  @IsOptional() @ValidateNested() @Type(() => ScoreShape) heldOut?: ScoreShape;
}

class TrainingShape {
  @IsIn(['completed', 'stopped-early', 'diverged']) outcome!: string;
  @IsInt() @Min(0) steps!: number;
  @IsInt() @Min(0) parameterCount!: number;
  @IsArray() @ValidateNested({ each: true }) @Type(() => CurvePointShape) curve!: CurvePointShape[];
  @IsArray() @IsInt({ each: true }) excludedLengths!: number[];
  @OrNull() @ValidateNested() @Type(() => ScoreShape) heldOut!: ScoreShape | null;
}

class LengthShape {
  @IsInt() @Min(1) length!: number;
  @IsIn(lengthRanges) range!: string;
  @IsInt() @Min(0) sequences!: number;
  @OrNull() @ValidateNested() @Type(() => ScoreShape) score!: ScoreShape | null;
  @IsOptional() @IsString() notEvaluated?: string;
  @IsOptional() @IsNumber() @Min(0) @Max(1) traceExact?: number;
}

class RangeShape {
  @OrNull() @ValidateNested() @Type(() => ScoreShape) score!: ScoreShape | null;
  @IsInt() @Min(0) evaluatedLengths!: number;
  @IsInt() @Min(0) notEvaluatedLengths!: number;
}

class RangesShape {
  @ValidateNested() @Type(() => RangeShape) inRange = new RangeShape();
  @ValidateNested() @Type(() => RangeShape) near = new RangeShape();
  @ValidateNested() @Type(() => RangeShape) far = new RangeShape();
}

class ProvenanceShape {
  @IsString() startedAt!: string;
  @IsNumber() @Min(0) trainingSeconds!: number;
  @IsNumber() @Min(0) evaluationSeconds!: number;
  @IsInt() @Min(0) resumed!: number;
  @IsObject() versions!: object;
  @IsString() machine!: string;
  @IsString() engine!: string;
}

export class RecordShape {
  @IsInt() schemaVersion!: number;
  @Matches(/^[0-9a-f]{64}$/) key!: string;
  @ValidateNested() @Type(() => SpecificationShape) specification = new SpecificationShape();
  @OrNull() @ValidateNested() @Type(() => TrainingShape) training!: TrainingShape | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => LengthShape) lengths!: LengthShape[];
  @ValidateNested() @Type(() => RangesShape) ranges = new RangesShape();
  @ValidateNested() @Type(() => ProvenanceShape) provenance = new ProvenanceShape();
}

class CellShape {
  @Matches(/^[0-9a-f]{64}$/) key!: string;
  @ValidateNested() @Type(() => SpecificationShape) specification = new SpecificationShape();
  @IsArray() @IsString({ each: true }) plugins!: string[];
}

class RowShape {
  @IsString() id!: string;
  @IsString() title!: string;
  @IsIn(['architecture', 'baseline']) kind!: string;
  @IsArray() claims!: object[];
}

class ColumnShape {
  @IsString() id!: string;
  @IsString() title!: string;
  @IsString() level!: string;
}

export class ManifestShape {
  @IsInt() schemaVersion!: number;
  @IsString() experiment!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => RowShape) architectures!: RowShape[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => ColumnShape) tasks!: ColumnShape[];
  @IsArray() @ValidateNested({ each: true }) @Type(() => CellShape) cells!: CellShape[];
  @IsArray() inapplicable!: object[];
}
