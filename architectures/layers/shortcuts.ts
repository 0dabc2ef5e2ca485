import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import type { Choice } from './choice';

/*
 * Cheaper ways to what `forward` says, agreed between the layers of this folder and the programs of src/model. Models and
 * layers need none. They hang on the function they shorten, so that they go where it goes and are gone where a model has
 * another `forward`.
 */

/** Of a layer. */
export interface LayerShortcuts {
  /** `forward` looks at one token at a time. */
  readonly isTokenwise?: boolean;
  /** `forward` where only some tokens of it are wanted: choose(forward(x)) */
  readonly forwardAt?: (parameters: Parameters, x: Tensor, choose: Choice) => Tensor;
  /** `forward` in two parts, where the first has work to do. */
  readonly prepared?: PreparedForm;
}

/** A layer's `forward` in two parts: forward(x) = complete(prepare(x)). */
export interface PreparedForm {
  /** Looks at every token, and its position, by itself: [batch, time, width] -> [batch, time, ...] each */
  prepare(parameters: Parameters, x: Tensor): Tensor[];
  /** -> [batch, time, width'], or what is chosen of it */
  complete(parameters: Parameters, prepared: readonly Tensor[], choose?: Choice): Tensor;
}

/** Of a model. */
export interface ModelShortcuts {
  /** `forward` where only some tokens are scored: at [batch, count] int32 -> logits there [batch, count, vocabularySize] */
  readonly forwardAt?: (parameters: Parameters, tokens: Tensor, at: Tensor, noise?: Tensor) => Tensor;
  /** `forward` by way of tables. */
  readonly tableForm?: TableForm;
}

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

type LayerForward = (parameters: Parameters, x: Tensor) => Tensor;
type ModelForward = (parameters: Parameters, tokens: Tensor, noise?: Tensor) => Tensor;

/** Registered, since a plugin may carry its own copy of this package. */
const mark = Symbol.for('chomsky-zoo/shortcuts');
const marked = <F extends object>(forward: F, shortcuts: object): F =>
  Object.defineProperty(forward, mark, { value: shortcuts });
const markOf = (forward: object): unknown => (forward as Record<symbol, unknown>)[mark] ?? {};

/** `forward` itself, from now on with these shortcuts. */
export const shortenedLayer = (forward: LayerForward, shortcuts: LayerShortcuts): LayerForward =>
  marked(forward, shortcuts);
export const shortenedModel = (forward: ModelForward, shortcuts: ModelShortcuts): ModelForward =>
  marked(forward, shortcuts);

/** The shortcuts to a `forward`; none for most. */
export const layerShortcuts = ({ forward }: { readonly forward: LayerForward }): LayerShortcuts =>
  markOf(forward) as LayerShortcuts;
export const modelShortcuts = ({ forward }: { readonly forward: ModelForward }): ModelShortcuts =>
  markOf(forward) as ModelShortcuts;

/** `forward` from its two parts. */
export const inTwoParts = (prepared: PreparedForm, { isTable = true, canChoose = true } = {}): LayerForward =>
  shortenedLayer((parameters, x) => prepared.complete(parameters, prepared.prepare(parameters, x)), {
    ...(canChoose && {
      forwardAt: (parameters, x, choose) => prepared.complete(parameters, prepared.prepare(parameters, x), choose),
    }),
    ...(isTable && { prepared }),
  });
