import type { Tensor } from '@tensorflow/tfjs-core';
import type { LengthRange, Reference } from './reference';
import type { Rng } from './random';

/** How a row produces answers (design of sequences: docs/sequences.md). */
export type AnswerMode = 'direct' | 'chain-of-thought' | 'filler';

export interface Capabilities<H extends object = object> {
  /** A later token never changes an earlier output. */
  readonly causal: boolean;
  /**
   * Memory carried from token to token: none (no `step`), of constant size, or growing with time (a key-value cache).
   * A row that has one exposes it: `step` takes and returns every part of it by name.
   */
  readonly state: 'none' | 'constant' | 'growing';
  /** Numbers in the state of one sequence, as a formula; `time`: for how many tokens a growing state has room. */
  stateSize?(hyperparameters: H, time: number): number;
  /** The model has `attention`. Default: no. */
  readonly exposesAttention?: boolean;
}

/** A published statement about a row and a column, checked against the records. Scores are exact-match accuracies. */
export interface Claim {
  readonly task: string;
  readonly range: LengthRange;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly reference: Reference;
}

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
  readonly capabilities: Capabilities<H>;
  /** Default `direct`. */
  readonly mode?: AnswerMode;
  /** Class whose fields carry class-validator constraints and defaults. */
  readonly hyperparameters: new () => H;
  /** Of rows of plugins; what is published of the zoo's own rows is in `literature`. */
  readonly claims?: readonly Claim[];
  /** Id of the architecture this one is a named variant of or wraps. */
  readonly variantOf?: string;
}

/** Draws the initial values of one parameter. */
export type Initializer = (rng: Rng, shape: readonly number[]) => Float32Array;

export interface ParameterSpecification {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** Whether AdamW's decoupled weight decay applies; default true for two or more dimensions. */
  readonly weightDecay?: boolean;
}

export type Parameters = Readonly<Record<string, Tensor>>;
/**
 * What a causal model carries from token to token; every tensor has the batch as its first dimension.
 *
 * A tensor that has room for `maximumTime` tokens on one axis (keys and values of attention) is the past: steps only read
 * it. What they add for their own tokens they append, on the same axis, to the tensor named `recentName(name)`, which is
 * absent at first. So no step copies a whole cache. Whoever drives the model moves what is recent into the past, at the
 * positions of its tokens, whenever it likes; slots that are not yet written hold anything finite and are never looked at.
 *
 * A model may instead name tensors that every step gives back `rewritten` as a whole, under the same name. They have room
 * for the step's own token too, and on whatever axes they grow, room to spare is zeros behind what is there.
 */
export type State = Readonly<Record<string, Tensor>>;

/** Where a state keeps what steps have added to `name` and nobody has moved into the past yet. */
export const recentName = (name: string): string => `${name}.recent`;

/**
 * `forward` in two parts, the first of which looks at every token by itself. Alphabets are small: what it says of all tokens
 * at all positions is less work than what it says of a batch.
 */
export interface TableForm {
  readonly vocabularySize: number;
  /** The first part, for every token of the alphabet at every position: [vocabularySize, time, ...] each. */
  tables(parameters: Parameters, time: number): Tensor[];
  /**
   * The second part: what the tables have for the tokens of a batch, [batch, time, ...] each -> logits, as of `forward`, or,
   * given positions `at`, as of `forwardAt`
   */
  forward(parameters: Parameters, entries: readonly Tensor[], at?: Tensor): Tensor;
}

/** Pure functions on TensorFlow.js tensors: no variables, no randomness, no reading back. */
export interface SequenceModel {
  readonly parameters: readonly ParameterSpecification[];
  /** How many uniform random numbers in [0, 1) a training step hands to `forward` for sequences of `time` tokens; absent: none. */
  readonly noise?: (time: number) => number;
  /**
   * Floating-point operations of the matrix products that one token takes: those of `step` number `time`, which has room
   * for those before it, and where there is no `step`, those of `forward` on `time` tokens divided by `time`.
   */
  readonly flops?: (time: number) => number;
  /** tokens [batch, time] int32 -> logits [batch, time, vocabularySize]; `noise` [noise(time)] in training only */
  forward(parameters: Parameters, tokens: Tensor, noise?: Tensor): Tensor;
  /**
   * The same where only some tokens are scored, with less work: at [batch, count] int32, positions of each sequence ->
   * logits there [batch, count, vocabularySize]
   */
  forwardAt?(parameters: Parameters, tokens: Tensor, at: Tensor, noise?: Tensor): Tensor;
  /** The same, by way of tables; where the model has such a first part. */
  readonly tableForm?: TableForm;
  /** Recurrent form: the state before the first token, for at most `maximumTime` tokens in the past. */
  initialState?(batch: number, maximumTime: number): State;
  /** Names of the tensors of the state that grow and are rewritten by every step, if there are any. */
  readonly rewritten?: readonly string[];
  /** token [batch] int32, position scalar int32 (0 for the first token) -> next state, logits [batch, vocabularySize] */
  step?(parameters: Parameters, state: State, token: Tensor, position: Tensor): { state: State; logits: Tensor };
  /**
   * As many steps at once: tokens [batch, count] int32, the first at `position` -> next state, logits [batch, count,
   * vocabularySize]. For rows that read a whole prompt faster than token by token.
   */
  extend?(parameters: Parameters, state: State, tokens: Tensor, position: Tensor): { state: State; logits: Tensor };
  /**
   * What every token looked at on the way through `forward`: tokens [batch, time] int32 -> weights [batch, layers, heads,
   * queries, keys], the weights of a query summing to one.
   */
  attention?(parameters: Parameters, tokens: Tensor): Tensor;
}

export interface Architecture<H extends object = object> {
  build(hyperparameters: H, vocabularySize: number): SequenceModel;
}
