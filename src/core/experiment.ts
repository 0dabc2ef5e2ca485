import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { JobSpecification } from './contracts/record';
import { namePattern } from './names';
import { all } from './validation';

/** The experiment that is meant where none is named. */
export const defaultExperiment = 'quick';

/** What experiments and records measure that name no study. */
export const defaultStudy = 'capability';

/** Id of the study that a job belongs to. */
export const studyOf = ({ study }: Pick<JobSpecification, 'study'>): string => study?.id ?? defaultStudy;

/** Different seeds, at least one. */
export const IsSeeds = (): PropertyDecorator =>
  all(
    IsArray(),
    ArrayMinSize(1),
    ArrayUnique(),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(2 ** 31, { each: true }),
  );

/** Sizes that an experiment may have besides the one that it is written in: to see it, and as large as it makes sense. */
export const experimentSizes = ['quick', 'full'] as const;
/** One of them. */
export type ExperimentSize = (typeof experimentSizes)[number];

/** What may stay with a record that is not measured: trained weights. */
export const keepable = ['weights'] as const;
/** Name of what can stay with records. */
export type Kept = (typeof keepable)[number];

/** What every experiment file says, whatever it measures; a study adds fields of its own in a subclass. */
export class Experiment {
  /** Also the name of its folder of results. */
  @IsString() @Matches(namePattern) name!: string;
  @IsOptional() @IsString() description?: string;
  /** Id of the kind of measurement. */
  @IsString() study: string = defaultStudy;
  @IsSeeds() seeds: number[] = [1];
  /** Files (from the experiment's folder) or package names. */
  @IsArray() @IsString({ each: true }) plugins: string[] = [];
  /** What stays with the records besides what is measured; it is no part of their keys. */
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(keepable, { each: true }) keep?: Kept[];
  /**
   * What is laid over the experiment for `--quick` and `--full`. It is taken out when the file is read: what is run at one size
   * is the same experiment whatever other sizes there are.
   */
  @IsOptional() @IsObject() sizes?: { [size in ExperimentSize]?: object };
  /** About how long it takes on two cores; taken out likewise. */
  @IsOptional() @IsPositive() minutes?: number;

  /** Writes the short forms of a file out in full; what is no short form is left for validation to judge. */
  static writtenOut(plain: Record<string, unknown>): Record<string, unknown> {
    return withSeeds(plain);
  }
}

/** As a number of seeds. */
export const mostSeeds = 1000;

/** Seeds written as a number n are 1..n. */
export function withSeeds(plain: Record<string, unknown>): Record<string, unknown> {
  const { seeds } = plain;
  const isCount = Number.isInteger(seeds) && Number(seeds) >= 1 && Number(seeds) <= mostSeeds;
  return isCount ? { ...plain, seeds: seedsUpTo(Number(seeds)) } : plain;
}

/** Numbers 1..count. */
export const seedsUpTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** Class of the experiment files of a study. */
export interface ExperimentClass<E extends Experiment = Experiment> {
  new (): E;
  writtenOut(plain: Record<string, unknown>): Record<string, unknown>;
}
