import { ArrayMinSize, IsInt, IsNumber, Max, Min } from 'class-validator';
import { all, EachNested, Nested } from '../../core/validation';
import type { Shift } from './prompts';

const IsShare = (): PropertyDecorator => all(IsNumber(), Min(0), Max(1));

/** Share of test prompts that are answered wrongly, by how they differ from those that are trained on. */
class Errors implements Readonly<Record<Shift, number>> {
  @IsShare() readonly none!: number;
  @IsShare() readonly longer!: number;
  @IsShare() readonly longest!: number;
  @IsShare() readonly skewed!: number;
  @IsShare() readonly switched!: number;
}

/** How much weights act along directions: the largest magnitude over directions of a kind. */
class Products {
  /** Along what tells the signs of a concept apart. */
  @IsNumber() @Min(0) readonly telling!: number;
  /** Along what the signs of a concept share. */
  @IsNumber() @Min(0) readonly shared!: number;
  /** Along random directions orthogonal to all of those. */
  @IsNumber() @Min(0) readonly noise!: number;
}

/** What one look at the model found, before the first epoch and after each. */
export class EpochResult {
  @IsInt() @Min(0) readonly epoch!: number;
  /** Cross-entropy over the prompts that are trained on, and over test prompts without a shift. */
  @IsNumber() @Min(0) readonly trainLoss!: number;
  @IsNumber() @Min(0) readonly testLoss!: number;
  /** Attention on demonstrations with the sign of the query, mean over test prompts without a shift. */
  @IsShare() readonly correctAttention!: number;
  @Nested(() => Errors) readonly errors = new Errors();
  /** u^T A u over directions u of words. */
  @Nested(() => Products) readonly attention = new Products();
  /** w_j . u over units j and directions u of labels. */
  @Nested(() => Products) readonly readOut = new Products();
}

/** What the study measures of one seed. */
export class ConceptsBody {
  @ArrayMinSize(1) @EachNested(() => EpochResult) readonly epochs!: readonly EpochResult[];
}

/** Names of the shifts, for whoever reads. */
export const shiftTitles: Readonly<Record<Shift, string>> = {
  none: 'as trained',
  longer: '4 x longer',
  longest: '8 x longer',
  skewed: '70 % one concept',
  switched: 'other labels',
};
