import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { answerModes, type AnswerMode } from '../../core/contracts/architecture';
import { IsSeeds, withSeeds } from '../../core/experiment';
import { EachNested, isPlainObject } from '../../core/validation';
import { ArchitectureEntry, GridExperiment, UnitEntry } from '../experiment';

/** How a row is made to answer, with the beginning of the name that a row of this mode has. */
export const prefixes: Readonly<Record<AnswerMode, string>> = {
  direct: '',
  'chain-of-thought': 'cot-',
  filler: 'filler-',
};

/** A row by the name under which it answers directly, and the modes it is trained in. */
export class BaseEntry extends ArchitectureEntry {
  /** Direct rows come first, so that places in messages are those of the file. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsIn(answerModes, { each: true }) modes?: AnswerMode[];
}

/** A column, the longest lengths that it is trained on, and its seeds. */
export class TrainedEntry extends UnitEntry {
  /** One column for each; default: what the protocol says. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayUnique() @IsInt({ each: true }) @Min(1, { each: true }) to?: number[];
  /** Instead of the experiment's. */
  @IsOptional() @IsSeeds() seeds?: number[];
}

/** Rows in several modes, and columns that may be trained to several lengths. */
export class RecurrenceExperiment extends GridExperiment {
  @ArrayMinSize(1) @EachNested(() => BaseEntry) override architectures!: BaseEntry[];
  @ArrayMinSize(1) @EachNested(() => TrainedEntry) override tasks!: TrainedEntry[];

  static override writtenOut(plain: Record<string, unknown>): Record<string, unknown> {
    const written = super.writtenOut(plain);
    return Array.isArray(written.tasks) ? { ...written, tasks: written.tasks.map(asTrained) } : written;
  }
}

const asTrained = (entry: unknown): unknown => (isPlainObject(entry) ? withSeeds(entry) : entry);
