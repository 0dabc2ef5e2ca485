import 'reflect-metadata';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, Min } from 'class-validator';
import { answerModes, type AnswerMode } from '../../core/contracts/architecture';
import type { Manifest } from '../../core/contracts/manifest';
import type { Cell } from '../../core/contracts/record';
import { EachNested, Nested } from '../../core/validation';
import { recurrences, type Recurrence } from '../../model/recurrence';

/** What the longest sequence for inputs of one length takes. */
export class Cost {
  /** Symbols of the input. */
  @IsInt() @Min(1) readonly length!: number;
  /** Tokens of input, trace and answer. */
  @IsInt() @Min(1) readonly tokens!: number;
  /** Of those, tokens that the row chooses one after the other. */
  @IsInt() @Min(0) readonly written!: number;
  /** Non-linear steps from the input to the last token of the answer. */
  @IsNumber() @Min(0) readonly depth!: number;
}

/** A row in one of its modes. */
export class RowFacts {
  @IsString() readonly row!: string;
  /** The row that answers directly. */
  @IsString() readonly base!: string;
  @IsIn(answerModes) readonly mode!: AnswerMode;
  /** Non-linear steps as a function of the length, in words; absent where the row is measured on no column. */
  @IsOptional() @IsString() readonly depth?: string;
  /** By our classification, docs/theory.md. */
  @IsOptional() @IsIn(recurrences) readonly recurrenceComplete?: Recurrence;
}

/** A column, trained to one length. */
export class ColumnFacts {
  @IsString() readonly column!: string;
  /** Name of the column without the length that it is trained to. */
  @IsString() readonly base!: string;
  @IsString() readonly task!: string;
  @IsInt() @Min(1) readonly trainedTo!: number;
}

/** What a row and a column take. */
export class CellFacts {
  @IsString() readonly row!: string;
  @IsString() readonly column!: string;
  /** At lengths that are the same for all columns, ascending. */
  @EachNested(() => Cost) readonly costs!: readonly Cost[];
  /** At the longest trained length. */
  @Nested(() => Cost) readonly longest = new Cost();
  /** Multiplications and additions of matrix products there, forward. */
  @IsOptional() @IsNumber() @Min(0) readonly flops?: number;
}

/** What a manifest of this study says beside its cells: views know neither models nor tasks. */
export class RecurrenceFacts {
  @EachNested(() => RowFacts) readonly rows!: readonly RowFacts[];
  @EachNested(() => ColumnFacts) readonly columns!: readonly ColumnFacts[];
  @EachNested(() => CellFacts) readonly cells!: readonly CellFacts[];
}

/** Where that stands in the manifest. */
export class WithFacts {
  @Nested(() => RecurrenceFacts) readonly recurrence = new RecurrenceFacts();
}
export type RecurrenceManifest = Manifest<Cell> & Partial<WithFacts>;
