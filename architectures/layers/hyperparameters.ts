import { IsInt, Max, Min, ValidateBy, type ValidationArguments } from 'class-validator';

/** Class-validator rule: the value is a whole multiple of another hyperparameter, as a width of its number of heads. */
export const MultipleOf = (other: string): PropertyDecorator =>
  ValidateBy({
    name: 'multipleOf',
    constraints: [other],
    validator: {
      validate: (value: unknown, at?: ValidationArguments) =>
        Number(value) % Number((at!.object as Record<string, unknown>)[other]) === 0,
      defaultMessage: () => `$property must be a multiple of ${other}`,
    },
  });

/** Of networks whose layers are recurrent and nothing else. */
export class RecurrentHyperparameters {
  @IsInt() @Min(1) @Max(16) layers = 1;
  @IsInt() @Min(1) @Max(4096) embeddingWidth = 32;
  @IsInt() @Min(1) @Max(4096) hiddenSize = 64;

  /** What the conformance checks change to build it small. */
  static readonly tiny: object = { embeddingWidth: 6, hiddenSize: 8, layers: 2 };
  /** What is solved for when a row is matched to a budget. */
  static readonly scale: string = 'hiddenSize';
}

/** Of stacks of residual blocks. */
export class BlockHyperparameters {
  @IsInt() @Min(1) @Max(64) layers = 2;
  @IsInt() @Min(1) @Max(4096) width = 64;

  static readonly tiny: object = { width: 8 };
  static readonly scale: string = 'width';
}

/** Of stacks of residual blocks with a branch that widens every token. */
export class WideningHyperparameters extends BlockHyperparameters {
  /** Hidden width of the feed-forward branch as a multiple of `width`. */
  @IsInt() @Min(1) @Max(16) feedForwardFactor = 4;

  static override readonly tiny: object = { width: 8, feedForwardFactor: 2 };
}

/** Of stacks of residual blocks with heads. */
export class HeadHyperparameters extends WideningHyperparameters {
  @MultipleOf('heads') declare width: number;
  @IsInt() @Min(1) @Max(64) heads = 4;

  static override readonly tiny: object = { width: 8, heads: 2, feedForwardFactor: 2 };
}
