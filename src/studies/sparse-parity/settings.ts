import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
} from 'class-validator';
import { Experiment } from '../../core/experiment';
import { IsCountOrNull } from '../../core/protocol';
import { EachNested, Nested } from '../../core/validation';
import { IsCounts } from '../combinations';

/** What is trained: every combination of what its lists say. */
export class ParityPart {
  /** Bits of an input, n. */
  @IsInt() @Min(2) @Max(1000) bits = 12;
  /** How many of them are secret, k. */
  @IsCounts(64) secrets: number[] = [1, 2, 3, 4, 5];
  @IsInt() @Min(1) @Max(4096) width = 32;
  @IsCounts(64) layers: number[] = [2];
  @IsCounts(64) heads: number[] = [2];
  /** How many inputs there are to draw from; null: all that are not kept apart. */
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsCountOrNull(1_000_000, { each: true }) sets: (number | null)[] = [null];
  @IsNumber() @Min(0) learningRate = 2e-3;
  /** Instead of the settings' rows and samples. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) rows?: string[];
  @IsOptional() @IsInt() @Min(1) samples?: number;
}

/** What all parts have in common. */
export class SparseParitySettings {
  /** Rows that are compared: their modes of answering make the difference. */
  @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsString({ each: true }) rows: string[] = [
    'cot-transformer',
    'transformer',
    'filler-transformer',
  ];
  /** Of every row, beside layers, heads and width. */
  @IsObject() hyperparameters: Record<string, unknown> = { positions: 'absolute' };
  /** Training is given up after so many. */
  @IsInt() @Min(1) @Max(1_000_000_000) samples = 400_000;
  @IsInt() @Min(1) @Max(100_000) batchSize = 256;
  /** Steps from one look at the model to the next. */
  @IsInt() @Min(1) every = 10;
  /** Inputs that are kept apart; perfect is a model that answers all of them. */
  @IsInt() @Min(1) @Max(1_000_000) validation = 512;
}

export class SparseParityExperiment extends Experiment {
  @Nested(() => SparseParitySettings) settings = new SparseParitySettings();
  @ArrayMinSize(1) @EachNested(() => ParityPart) parts: ParityPart[] = [new ParityPart()];
}
