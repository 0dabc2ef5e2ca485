import { IsIn, IsOptional } from 'class-validator';

/** Of tasks whose usual trace grows with the square of the length, and that have a shorter one. */
export class TraceHyperparameters {
  /** `linear`: so many numbers as the input has symbols, up to a factor; absent: the usual trace. */
  @IsOptional() @IsIn(['linear']) trace?: 'linear';
}
