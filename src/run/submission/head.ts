import { IsArray, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { PluginCode } from '../../core/contracts/record';
import { IsPlainText } from '../../core/fields';
import { all, EachNested, Nested } from '../../core/validation';
import { limits } from './form';

/** A line of text of a stranger, shown as it is. */
const IsLine = (most: number): PropertyDecorator => all(IsString(), IsPlainText(), MinLength(1), MaxLength(most));

/** Different values that its records have, in order. */
const IsLines = (): PropertyDecorator => all(IsArray(), IsString({ each: true }), MaxLength(500, { each: true }));

/** What records were made with; each record says it for itself. */
export class MadeWith {
  @IsLines() readonly zoo!: readonly string[];
  @IsLines() readonly runtimes!: readonly string[];
  @IsLines() readonly engines!: readonly string[];
  @IsLines() readonly machines!: readonly string[];
}

/** What whoever submits says of it: options of `zoo submit`. */
export class Submitter {
  /** Person or group, as views name it. */
  @IsLine(100) readonly name!: string;
  /** How to reach them: an address, a page. */
  @IsLine(200) readonly contact!: string;
  /** Of the records: `CC-BY-4.0`. */
  @IsLine(100) readonly licence!: string;
  @IsOptional() @IsLine(1000) readonly note?: string;
}

/** First line of what is in a submission. */
export class SubmissionHead {
  @Nested(() => Submitter) readonly submitter!: Submitter;
  /** The experiment whose protocol its cells have; absent: none is claimed. */
  @IsOptional() @IsLine(100) readonly experiment?: string;
  /** Plugins that have a part in its cells. */
  @EachNested(() => PluginCode) readonly plugins!: readonly PluginCode[];
  @Nested(() => MadeWith) readonly made!: MadeWith;
  /** Lines with a record, and behind them lines with a source file of a plugin. */
  @IsInt() @Min(1) @Max(limits.records) readonly records!: number;
  @IsInt() @Min(0) @Max(10_000) readonly sources!: number;
}

/** A source file of a plugin, to be read: it is never run nor written by the zoo. */
export class SourceFile {
  @IsLine(200) readonly plugin!: string;
  /** As the plugin names it. */
  @IsLine(500) readonly file!: string;
  @IsString() readonly text!: string;
}
