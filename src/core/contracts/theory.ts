import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsNumber, IsOptional, IsString, Min } from 'class-validator';
import { OrNull } from '../fields';
import { EachNested } from '../validation';
import { answerModes, type AnswerMode } from './architecture';
import {
  externalMemories,
  transitionKinds,
  updateClasses,
  type DeclaredColumn,
  type DeclaredRow,
  type ExternalMemoryKind,
  type TransitionKind,
  type UpdateClass,
} from './declared-theory';
import type { ChomskyLevel } from './chomsky-level';

/** With every property there. */
type Complete<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/**
 * What propositions ask of a row with its hyperparameters. Everything is derived from the traced program and the
 * hyperparameters where it can be; the rest is declared (`ArchitectureMeta.theory`). Null: not known or not applicable, and no
 * condition holds of it.
 */
export interface RowProperties extends Complete<DeclaredRow> {
  readonly mode: AnswerMode;
  readonly causal: boolean;
  readonly update: UpdateClass;
  /** Of scans. */
  readonly transition: TransitionKind | null;
  /** Of scans: whether in layer i (from 1) every product of 2^(i-1) transitions has real eigenvalues only, for all layers. */
  readonly realProducts: boolean | null;
  /** Whether some attention goes over all tokens so far with softmax. */
  readonly softmaxAttention: boolean;
  readonly layers: number | null;
  /** Non-linear operators on the longest path, more per token: 0 where depth is constant in the length. */
  readonly depthPerToken: number;
  /** Numbers of all state tensors together; null where the state grows, or there is none. */
  readonly stateNumbers: number | null;
  readonly stateSize: number | null;
  readonly dictionarySize: number | null;
  /** Cells of the external memory when it is evaluated; null where there are as many as are needed. */
  readonly cells: number | null;
}

/**
 * What propositions ask of a column. What an automaton shows is computed from it (`Task.answerAutomaton`); the rest is declared
 * (`TaskMeta.theory`). Null: not known, and no condition holds of it.
 */
export interface ColumnProperties extends Complete<Omit<DeclaredColumn, 'because' | 'level' | 'circuitClass'>> {
  readonly level: ChomskyLevel;
  /** Name of the circuit class. */
  readonly circuitClass: string;
  readonly hasTrace: boolean;
}

/** Whether some setting of a row's weights computes a column, at all lengths. */
export const expressibilities = [
  'cannot',
  'cannot unless TC0 = NC1',
  'cannot beyond a length',
  'can',
  'can with a chain of thought',
  'can at a larger size',
  'no result',
] as const;
export type Expressibility = (typeof expressibilities)[number];

/** Whether a row that has learnt the trained lengths is expected to go on beyond them. */
export const extensions = ['expected', 'not expected', 'no result'] as const;
export type Extension = (typeof extensions)[number];

/** What the strongest proposition behind a prediction is. */
export const evidences = ['theorem', 'as summarised by others', 'our derivation', 'empirical law', 'none'] as const;
export type Evidence = (typeof evidences)[number];

/** What theory says of a row on a column, under the hyperparameters of the cell. */
export class Prediction {
  @IsIn(expressibilities) readonly expressible!: Expressibility;
  /** Of `expressible`. */
  @IsIn(evidences) readonly evidence!: Evidence;
  /** First length at which a bound binds, where it can be computed. */
  @IsOptional() @IsInt() @Min(1) readonly binds?: number;
  @IsIn(extensions) readonly extends!: Extension;
  /** Of `extends`. */
  @IsIn(evidences) readonly extensionEvidence!: Evidence;
  /** Ids of the propositions that were used, in the order of the reasoning. */
  @IsString({ each: true }) readonly propositions!: readonly string[];
  /** Why there is no result, where there is none. */
  @IsOptional() @IsString() readonly reason?: string;
}

/** A prediction with the row and the column it is of, by their names in the experiment. */
export class ManifestPrediction extends Prediction {
  @IsString() @IsNotEmpty() readonly architecture!: string;
  @IsString() @IsNotEmpty() readonly task!: string;
}

/** A proposition as a reader of a table needs it. */
export class ManifestProposition {
  @IsString() @IsNotEmpty() readonly id!: string;
  @IsString() @IsNotEmpty() readonly statement!: string;
  /** "Grazzi et al. 2025, theorem 1, arXiv:2411.12537"; says whose derivation or summary it is. */
  @IsString() @IsNotEmpty() readonly citation!: string;
  @IsIn(evidences) readonly evidence!: Evidence;
}

/** How a row carries on what it has read: see `RowProperties`. Of a row with several sizes that of its first column. */
export class ManifestRowKind {
  @IsString() @IsNotEmpty() readonly architecture!: string;
  @IsIn(answerModes) readonly mode!: AnswerMode;
  @IsIn(updateClasses) readonly update!: UpdateClass;
  @OrNull() @IsIn(transitionKinds) readonly transition!: TransitionKind | null;
  @OrNull() @IsNumber() readonly leastEigenvalue!: number | null;
  @IsBoolean() readonly softmaxAttention!: boolean;
  @OrNull() @IsIn(externalMemories) readonly externalMemory!: ExternalMemoryKind | null;
}

/** What a manifest says of theory. */
export class ManifestTheory {
  @EachNested(() => ManifestProposition) readonly propositions!: readonly ManifestProposition[];
  @EachNested(() => ManifestPrediction) readonly predictions!: readonly ManifestPrediction[];
  /** Of rows whose programs can be traced. */
  @IsOptional() @EachNested(() => ManifestRowKind) readonly rows?: readonly ManifestRowKind[];
}

/** What became of a prediction, or of a published figure, when it was measured. */
export const agreements = [
  'disagrees',
  'agrees',
  'learnability gap',
  'consistent, not a test',
  'not decided',
  'not measured',
  'no result',
] as const;
export type Agreement = (typeof agreements)[number];

/** Cells that results can be narrowed to: those that test a prediction, or whose prediction came to one thing. */
export const theoryFilters = {
  tested: ['agrees', 'disagrees'],
  agrees: ['agrees'],
  disagrees: ['disagrees'],
  gap: ['learnability gap'],
} as const satisfies Readonly<Record<string, readonly Agreement[]>>;
/** Which cells are shown by what became of theory's prediction. */
export type TheoryFilter = keyof typeof theoryFilters;
