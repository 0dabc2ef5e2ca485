import { IsInt, Max, Min } from 'class-validator';

/** What the arithmetic tasks let a person set. */
export class ModularArithmeticHyperparameters {
  /** Values are counted modulo this number; its digits are the symbols 0..modulus-1. */
  @IsInt() @Min(2) @Max(64) modulus = 5;
}
