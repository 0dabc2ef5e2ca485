import { ArrayMinSize, IsIn, IsInt, IsNumber, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import type { Normalisation } from '../../../architectures/layers/language-model';
import type { NoiseKind } from '../../../architectures/layers/orthogonal-noise';
import { Experiment, IsSeeds, withSeeds } from '../../core/experiment';
import { EachNested, isPlainObject, Nested } from '../../core/validation';
import { IsCounts, IsList } from '../combinations';

const IsExponents = (): PropertyDecorator =>
  IsList(
    ValidateBy({
      name: 'exponents',
      validator: {
        validate: (values: unknown) =>
          Array.isArray(values) &&
          values.every((value) => value === null || (typeof value === 'number' && value >= 0 && value <= 4)),
        defaultMessage: () => '$property must be numbers from 0 to 4, or null for the usual start',
      },
    }),
  );

// Written out here: the layers bring the tensor library, which views need not.
const normalisations = ['pre', 'post'] as const satisfies readonly Normalisation[];
const noises = ['none', 'random', 'identity'] as const;
export type Noise = 'none' | NoiseKind;

/** What is trained: every combination of what its lists say. */
export class MatchingPart {
  @IsIn(['single', 'double', 'ordered']) chain: 'single' | 'double' | 'ordered' = 'single';
  /** Pairs of an input. */
  @IsInt() @Min(1) @Max(100) pairs = 4;
  /** Hops to the answer. */
  @IsCounts(20) orders: number[] = [2];
  @IsCounts(16) layers: number[] = [3];
  /** Weights begin with standard deviation fanIn^-exponent. */
  @IsExponents() exponents: (number | null)[] = [0.6];
  @IsList(IsIn(normalisations, { each: true })) normalisations: Normalisation[] = ['post'];
  /** Matrices added to the products of attention. */
  @IsList(IsIn(noises, { each: true })) noises: Noise[] = ['none'];
  /** Instead of the experiment's. */
  @IsOptional() @IsSeeds() seeds?: number[];
  /** Instead of the settings'. */
  @IsOptional() @IsInt() @Min(1) steps?: number;
  @IsOptional() @IsInt() @Min(1) every?: number;
}

/** What all parts have in common. */
export class MatchingSettings {
  /** Different tokens. */
  @IsInt() @Min(10) @Max(4000) tokens = 40;
  @IsInt() @Min(2) @Max(4096) width = 64;
  /** Hidden width of feed-forward layers in multiples of `width`. */
  @IsInt() @Min(1) @Max(16) feedForwardFactor = 4;
  @IsInt() @Min(1) @Max(1_000_000) steps = 1000;
  @IsInt() @Min(1) @Max(100_000) batchSize = 256;
  @IsNumber() @Min(0) learningRate = 2e-3;
  /** Steps of warming up. */
  @IsInt() @Min(0) warmUp = 100;
  /** Steps from one look at the model to the next. */
  @IsInt() @Min(1) every = 50;
  /** Inputs of trained pairs and of unseen pairs each that a look answers. */
  @IsInt() @Min(1) @Max(100_000) validation = 500;
}

export class MatchingExperiment extends Experiment {
  @Nested(() => MatchingSettings) settings = new MatchingSettings();
  @ArrayMinSize(1) @EachNested(() => MatchingPart) parts: MatchingPart[] = [new MatchingPart()];

  static override writtenOut(plain: Record<string, unknown>): Record<string, unknown> {
    const { parts } = plain;
    const written = (part: unknown): unknown => (isPlainObject(part) ? withSeeds(part) : part);
    return { ...super.writtenOut(plain), ...(Array.isArray(parts) && { parts: parts.map(written) }) };
  }
}
