import 'reflect-metadata';
import { ArrayMinSize, IsArray, IsIn, IsInt, IsNumber, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import { Nested } from './validation';

const IsShareOrNull = (): PropertyDecorator =>
  ValidateBy({
    name: 'shareOrNull',
    validator: {
      validate: (value: unknown) => value === null || (typeof value === 'number' && value >= 0 && value <= 1),
      defaultMessage: () => '$property must be a number from 0 to 1, or null for never',
    },
  });

/** A whole number from 1, or null for no end; of a list, each of its values. */
export const IsCountOrNull = (most: number, { each = false } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'countOrNull',
      constraints: [most],
      validator: {
        validate: (value: unknown) =>
          value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most),
        defaultMessage: () => `$property must be a whole number from 1 to ${most}, or null for no end`,
      },
    },
    { each },
  );

/** Lengths of training inputs: uniform over minimum..maximum. */
export class TrainingLengths {
  @IsInt() @Min(1) minimum = 1;
  @IsInt() @Min(1) @Max(100_000) maximum = 40;
  /**
   * Shorter lengths first: over this share of the steps the longest length that is drawn grows from minimum to maximum; absent
   * or 0: all lengths from the first step on.
   */
  @IsOptional() @IsNumber() @Min(0) @Max(1) curriculum?: number;
}

/** AdamW with linear warm-up, cosine decay and clipping by global norm. */
export class Optimiser {
  @IsNumber() @Min(0) learningRate = 1e-3;
  /** Share of the steps spent warming up. */
  @IsNumber() @Min(0) @Max(1) warmUpShare = 0.05;
  /** Learning rate at the end as a share of the peak. */
  @IsNumber() @Min(0) @Max(1) finalShare = 0.01;
  @IsNumber() @Min(0) @Max(1) beta1 = 0.9;
  @IsNumber() @Min(0) @Max(1) beta2 = 0.99;
  @IsNumber() @Min(0) epsilon = 1e-8;
  @IsNumber() @Min(0) weightDecay = 0.01;
  @IsNumber() @Min(0) clipNorm = 1;
}

/** The validation set, sequences of trained lengths: the only data that selection may look at. */
export class HeldOut {
  /** Steps between two evaluations. */
  @IsInt() @Min(1) every = 100;
  @IsInt() @Min(1) sequences = 256;
  /** Training stops after `patience` evaluations in a row with at least this exact-match accuracy; null: never before its last step. */
  @IsShareOrNull() stopAt: number | null = 1;
  @IsInt() @Min(1) patience = 3;
}

/** When training ends without having learnt the task. */
export class Stop {
  /**
   * Training stops after this many looks at the validation set without progress, which is a higher exact match or a lower
   * loss than any look before (see `isFutile`); absent or null: never.
   */
  @IsOptional() @IsCountOrNull(1_000_000) futile?: number | null;
}

/** Test sequences are measured in parts, until it is certain on which side of its threshold a length is. */
export class SequentialEvaluation {
  /** Probability, at most, that a cell has another verdict than all of its test sequences give. */
  @IsNumber() @Min(1e-9) @Max(0.5) error = 0.01;
}

/** What is measured after training, on test sets that every architecture shares. */
export class EvaluationProtocol {
  @IsInt() @Min(1) sequencesPerLength = 128;
  /** At most this many lengths of each range, evenly spread and always with both ends. */
  @IsInt() @Min(1) lengthsPerRange = 12;
  /** Explicit lengths instead of the spread ones. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsInt({ each: true }) @Min(1, { each: true }) lengths?: number[];
  /** Near range ends at this multiple of the longest trained length, far at the next. */
  @IsNumber() @Min(1) nearFactor = 2.5;
  @IsNumber() @Min(1) farFactor = 6.4;
  /** A length whose whole sequence could exceed this many tokens is not evaluated, and says so. */
  @IsInt() @Min(8) tokenBudget = 1100;
  /** Absent or null: every sequence of every length is measured. */
  @IsOptional() @Nested(() => SequentialEvaluation) sequential?: SequentialEvaluation | null;
}

/** How much of a sequence training asks for. */
export const labelForms = ['final', 'aligned'] as const;
/** One of them. */
export type LabelForm = (typeof labelForms)[number];

/** Everything about a measurement that is neither architecture nor task nor seed. */
export class Protocol {
  @Nested(() => TrainingLengths) trainingLengths = new TrainingLengths();
  @IsInt() @Min(1) steps = 1000;
  @IsInt() @Min(1) batchSize = 64;
  /**
   * Training draws from so many sequences, drawn once for each seed and spread evenly over the trained lengths; absent or
   * null: from all that there are, without end.
   */
  @IsOptional() @IsCountOrNull(1_000_000) trainingSequences?: number | null;
  /**
   * What training asks of a sequence: its answer alone (`final`, also where absent), or before it the label of every prefix of
   * the input (`aligned`). Validation and tests ask for the answer alone.
   */
  @IsOptional() @IsIn(labelForms) labels?: LabelForm;
  /**
   * Blank tokens between the input and the answer slots of direct rows, so many for every input token: time to compute in.
   * Deletang et al. (2023) try 0, 1 and 2.
   */
  @IsInt() @Min(0) @Max(64) computationSteps = 0;
  /** Lengths whose whole sequence could exceed this many tokens are left out of training, and the record says so. */
  @IsInt() @Min(8) trainingTokenBudget = 256;
  @Nested(() => Optimiser) optimiser = new Optimiser();
  @Nested(() => HeldOut) heldOut = new HeldOut();
  @IsOptional() @Nested(() => Stop) stop?: Stop;
  @Nested(() => EvaluationProtocol) evaluation = new EvaluationProtocol();
}
