import type { Tensor } from '@tensorflow/tfjs-core';
import type { DeclaredRow } from './declared-theory';
import type { OtherName } from './other-name';
import type { LengthRange, Reference } from './reference';
import type { Rng } from './random';

/** How rows produce answers (design of sequences: docs/sequences.md). */
export const answerModes = ['direct', 'chain-of-thought', 'filler'] as const;
/** One of them. */
export type AnswerMode = (typeof answerModes)[number];

/** What nobody can read off a model. Whether it has a state, which grows, or attention to look at is seen from its members. */
export interface Capabilities {
  /** A later token never changes an earlier output. */
  readonly causal: boolean;
}

/** A published statement about a row and a column, checked against the records. Scores are exact-match accuracies. */
export interface Claim {
  readonly task: string;
  readonly range: LengthRange;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly reference: Reference;
}

/** What a row says of itself. */
export interface ArchitectureMeta<H extends object = object> {
  /** Lower-case words joined by hyphens; the name of the three files of the unit. */
  readonly id: string;
  /** Raised when a change can move results: cells of older versions become stale. */
  readonly version: number;
  readonly title: string;
  readonly year: number;
  /** One sentence. */
  readonly summary: string;
  readonly reference: Reference;
  readonly capabilities: Capabilities;
  /** Default `direct`. */
  readonly mode?: AnswerMode;
  /** Class whose fields carry class-validator constraints and defaults. */
  readonly hyperparameters: new () => H;
  /** Of rows of plugins; what is published of the zoo's own rows is in `literature`. */
  readonly claims?: readonly Claim[];
  /** Id of the architecture this one is a named variant of or wraps. */
  readonly variantOf?: string;
  readonly otherNames?: readonly OtherName[];
  /** What propositions of theory ask of the row and nobody can read off its program. */
  readonly theory?: DeclaredRow | ((hyperparameters: H) => DeclaredRow);
}

/** Draws the initial values of one parameter. */
export type Initializer = (rng: Rng, shape: readonly number[]) => Float32Array;

/** A parameter of a model before it has values. */
export interface ParameterSpecification {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** Whether AdamW's decoupled weight decay applies; default true for two or more dimensions. */
  readonly weightDecay?: boolean;
}

/** Values of the parameters of a model, by name. */
export type Parameters = Readonly<Record<string, Tensor>>;
/**
 * What a causal model carries from token to token, by name; every tensor has the batch as its first dimension.
 *
 * A tensor whose shape depends on `maximumTime` grows with the sequence. It has room for that many tokens, of which those
 * before `position` are there; what lies behind them is finite and never to be looked at. A step gives it back either in
 * the same shape, with its own token written at `position`, or with its own token concatenated at the end. Whoever drives
 * the model then puts that token in its place, and makes room for more when it is needed: zeros, behind what is there.
 */
export type State = Readonly<Record<string, Tensor>>;

/** What a causal model carries while it reads a sequence, if anything: seen from `initialState`. */
export type Memory = 'none' | 'constant' | 'growing';

/** Cells of an external memory of fixed size, such as a stack or a tape. No parameter depends on how many there are. */
export interface ExternalMemorySize {
  /** Of the model as it is built, which is what is trained. */
  readonly training: number;
  /** Of the model that is evaluated; absent: enough for the longest evaluated input. */
  readonly evaluation?: number;
}

/** Pure functions on TensorFlow.js tensors: no variables, no randomness, no reading back. */
export interface SequenceModel {
  readonly parameters: readonly ParameterSpecification[];
  /** tokens [batch, time] int32 -> logits [batch, time, vocabularySize]; `noise` [noise(time)] in training only */
  forward(parameters: Parameters, tokens: Tensor, noise?: Tensor): Tensor;
  /** Recurrent form: the state before the first token, with room for `maximumTime` tokens. Absent with `step` alone. */
  initialState?(batch: number, maximumTime: number): State;
  /** token [batch] int32, position scalar int32 (0 for the first token) -> next state, logits [batch, vocabularySize] */
  step?(parameters: Parameters, state: State, token: Tensor, position: Tensor): { state: State; logits: Tensor };

  // Optional extras: most models have none of them.

  /** Only if training takes random numbers: how many, uniform in [0, 1), a step hands to `forward` for `time` tokens. */
  readonly noise?: (time: number) => number;
  /**
   * Only if a whole prompt is read faster than token by token, as many steps at once: tokens [batch, count] int32, the first
   * at `position` -> next state, logits [batch, count, vocabularySize]
   */
  extend?(parameters: Parameters, state: State, tokens: Tensor, position: Tensor): { state: State; logits: Tensor };
  /**
   * Only if there is attention to look at, what every token looked at on the way through `forward`: tokens [batch, time]
   * int32 -> weights [batch, layers, heads, queries, keys], the weights of a query summing to one
   */
  attention?(parameters: Parameters, tokens: Tensor): Tensor;
  /** Only if it has an external memory of fixed size: that size, and the same model with another number of cells. */
  readonly externalMemory?: { readonly size: ExternalMemorySize; withCells(cells: number): SequenceModel };
}

/** A row of the matrix: makes a model of its hyperparameters and a number of symbols. */
export interface Architecture<H extends object = object> {
  build(hyperparameters: H, vocabularySize: number): SequenceModel;
}
