import {
  ArrayMinSize,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Min,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { Experiment, IsSeeds, withSeeds } from '../core/experiment';
import { labelPattern } from '../core/names';
import { Protocol } from '../core/protocol';
import { quantities } from '../model/sizes';
import { EachNested, isPlainObject, Nested } from '../core/validation';
import { parseAmount } from './match';
import { IsSearch, type SearchValues } from './search-values';
import { IsSweep, type SweepValues } from './sweep-values';

/** A row or a column: an id, and what differs from its defaults and from the experiment's protocol. */
export class UnitEntry {
  /** `*` within stands for anything: "*" is every unit there is. */
  @IsString() @IsNotEmpty() id!: string;
  @IsOptional() @IsObject() hyperparameters?: Record<string, unknown>;
  /** Part of a protocol, laid over the experiment's. */
  @IsOptional() @IsObject() protocol?: Record<string, unknown>;
  /** Name in the matrix, for the same unit with two sets of hyperparameters. */
  @IsOptional() @IsString() @Matches(labelPattern) label?: string;
}

/** A row, and on which columns it is measured. */
export class ArchitectureEntry extends UnitEntry {
  /** Names of columns of the experiment, `*` within stands for anything; all of them where absent. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) tasks?: string[];
  /** Instead of the experiment's: more for a row that the same training does not always bring to the same verdict. */
  @IsOptional() @IsSeeds() seeds?: number[];
  /** Instead of the experiment's; false: the row is trained as it is written. */
  @IsOptional() @IsSearch({ canBeNone: true }) search?: SearchValues | false;
}

/** A probe, and what differs from its defaults. */
export class ProbeEntry {
  @IsString() @IsNotEmpty() id!: string;
  @IsOptional() @IsObject() hyperparameters?: Record<string, unknown>;
}

/** Part of a protocol, or other seeds, for some cells only. */
export class Override {
  /** A selection as in --only: "cot-transformer x multiplication". */
  @IsString() @IsNotEmpty() only!: string;
  /** One of the two, or both. */
  @ValidateIf(({ seeds, protocol }: Override) => seeds === undefined || protocol !== undefined)
  @IsObject()
  protocol?: Record<string, unknown>;
  /** Instead of those of its row and of the experiment: more where the same training does not always come to the same verdict. */
  @IsOptional() @IsSeeds() seeds?: number[];
}

/** How much every row is to take: exactly one of these; texts such as "64k" are numbers too. */
export class Match {
  @IsOptional() @IsInt() @Min(1) parameters?: number;
  @IsOptional() @IsInt() @Min(1) state?: number;
  @IsOptional() @IsInt() @Min(1) flops?: number;
}

const IsOneBudget: PropertyDecorator = ValidateBy({
  name: 'oneBudget',
  validator: {
    validate: (match: Match) => Object.values(match).filter((amount) => amount !== undefined).length === 1,
    defaultMessage: () => `$property must have one of ${quantities.join(', ')}`,
  },
});

/** An experiment whose jobs are pairs of rows and columns. Units may be written as a bare id, seeds as a number n for 1..n. */
export class GridExperiment extends Experiment {
  @ArrayMinSize(1) @EachNested(() => ArchitectureEntry) architectures!: ArchitectureEntry[];
  @ArrayMinSize(1) @EachNested(() => UnitEntry) tasks!: UnitEntry[];
  /** Ids of baseline rows; all of them where absent. */
  @IsOptional() @IsArray() @IsString({ each: true }) baselines?: string[];
  /** What looks at every row whenever the validation set is asked in training; readings are kept in the curve of its record. */
  @IsOptional() @ArrayMinSize(1) @EachNested(() => ProbeEntry) probes?: ProbeEntry[];
  /** Widths are solved for so that every row takes as much. */
  @IsOptional() @Nested(() => Match) @IsOneBudget match?: Match;
  @Nested(() => Protocol) protocol = new Protocol();
  @EachNested(() => Override) overrides: Override[] = [];
  /** Settings that take other values one after the other, each value a row or a column more. */
  @IsOptional() @IsSweep sweep?: SweepValues;
  /** Settings that are chosen for every row on every column before it is measured, with the same number of trials for all. */
  @IsOptional() @IsSearch() search?: SearchValues;

  static override writtenOut(plain: Record<string, unknown>): Record<string, unknown> {
    const { architectures, tasks, probes, match, overrides } = plain;
    return {
      ...super.writtenOut(plain),
      ...(Array.isArray(architectures) && { architectures: architectures.map(asEntry) }),
      ...(Array.isArray(tasks) && { tasks: tasks.map(asEntry) }),
      ...(Array.isArray(overrides) && { overrides: overrides.map(asEntry) }),
      ...(Array.isArray(probes) && { probes: probes.map(asEntry) }),
      ...(isPlainObject(match) && { match: mapValues(match, asAmount) }),
    };
  }
}

const asEntry = (entry: unknown): unknown =>
  typeof entry === 'string' ? { id: entry } : isPlainObject(entry) ? withSeeds(entry) : entry;

const asAmount = (amount: unknown): unknown => (typeof amount === 'string' ? (parseAmount(amount) ?? amount) : amount);
const mapValues = (record: Record<string, unknown>, map: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
