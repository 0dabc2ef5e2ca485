import { ArrayMinSize, IsInt, IsNumber, IsString, Max, Min } from 'class-validator';
import { TrainingResult } from '../../core/contracts/record';
import { EachNested, Nested } from '../../core/validation';

/** Answers to one part of the test inputs, beside those of the unmodified model. */
export class PartResult {
  /** "in range", "near", or the name of a shift. */
  @IsString() readonly part!: string;
  @IsInt() @Min(1) readonly sequences!: number;
  /** Inputs whose whole answer is right. */
  @IsInt() @Min(0) readonly right!: number;
  /** Of those, the ones that the unmodified model does not answer; and the ones that it alone does. */
  @IsInt() @Min(0) readonly gained!: number;
  @IsInt() @Min(0) readonly lost!: number;
  /** Inputs whose answer, trace included, is another than that of the unmodified model. */
  @IsInt() @Min(0) readonly changed!: number;
}

/** A layer's share of attention on tokens without content, at the positions that are scored. */
export class LayerMass {
  @IsInt() @Min(1) readonly layer!: number;
  @IsNumber() @Min(0) @Max(1.001) readonly mass!: number;
}

/** A trained model under the intervention, with one value of what is varied, or as it is. */
export class VariantResult {
  @EachNested(() => PartResult) @ArrayMinSize(1) readonly parts!: readonly PartResult[];
  @EachNested(() => LayerMass) readonly masses!: readonly LayerMass[];
  /** Largest difference of a logit from that of the unmodified model, over the sequences that probes see. */
  @IsNumber() @Min(0) readonly largestLogitChange!: number;
}

export class VariedResult extends VariantResult {
  @IsNumber() readonly value!: number;
}

/** What the study measures of one trained model. */
export class RebalancingBody {
  @Nested(() => TrainingResult) readonly training!: TrainingResult;
  @Nested(() => VariantResult) readonly unmodified!: VariantResult;
  @ArrayMinSize(1) @EachNested(() => VariedResult) readonly varied!: readonly VariedResult[];
  /** Share of the tokens seen at scored positions that have no content: what uniform attention would spend on them. */
  @IsNumber() @Min(0) @Max(1) readonly uniformMass!: number;
}
