import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters, SequenceModel } from '../../registry';
import { tokensAt } from './choice';
import { embedding } from './embedding';
import type { RecurrentHyperparameters } from './hyperparameters';
import { linear } from './linear';
import { layerNorm } from './normalization';
import { ParameterScope, type Layer } from './parameters';
import { range, type Positions } from './positions';
import { chain, extend, postNormResidual, residual, type SequenceLayer } from './sequence-layer';
import { layerShortcuts, shortenedModel } from './shortcuts';

/** How a model of tokens is built around its body. */
export interface LanguageModelOptions {
  readonly vocabularySize: number;
  /** Width of the embedding, and of what leaves the body unless `outputWidth` says otherwise. */
  readonly width: number;
  readonly outputWidth?: number;
  /** Positions whose `embed` is added to the embedding. */
  readonly positions?: Positions;
  /** Applied before the read-out. */
  readonly norm?: (scope: ParameterScope, width: number) => Layer;
  /** Whether what the first layer says of single tokens is worth a table (docs/engine.md). Default: no. */
  readonly hasTables?: boolean;
}

/** embedding -> body -> norm -> linear read-out: a model of the next token, or of the answer at every slot. */
export function languageModel(
  scope: ParameterScope,
  { vocabularySize, width, outputWidth = width, positions, norm, hasTables = false }: LanguageModelOptions,
  makeBody: (scope: ParameterScope) => SequenceLayer,
): SequenceModel {
  const embed = embedding(scope.child('embedding'), vocabularySize, width);
  const body = makeBody(scope);
  const { forwardAt, prepared } = layerShortcuts(body);
  const normalize = norm?.(scope.child('norm'), outputWidth);
  const logits = linear(scope.child('readout'), outputWidth, vocabularySize);
  const readOut: Layer = (parameters, x) => logits(parameters, normalize ? normalize(parameters, x) : x);

  /** x with its positions added, [batch, (time,) width] */
  const placed = (x: Tensor, parameters: Parameters, at: Tensor, noise?: Tensor): Tensor =>
    positions?.embed ? tf.add(x, positions.embed(parameters, positions.place?.(at, noise) ?? at)) : x;

  const read = (parameters: Parameters, tokens: Tensor, noise?: Tensor): Tensor =>
    placed(embed(parameters, tokens), parameters, range(tokens.shape[1]!), noise);

  return {
    parameters: scope.specifications,
    noise: positions?.noise,
    forward: shortenedModel(
      (parameters, tokens, noise) => readOut(parameters, body.forward(parameters, read(parameters, tokens, noise))),
      {
        ...(forwardAt && {
          forwardAt: (parameters, tokens, at, noise) =>
            readOut(parameters, forwardAt(parameters, read(parameters, tokens, noise), tokensAt(at))),
        }),
        ...(hasTables &&
          prepared &&
          !positions?.place && {
            tableForm: {
              vocabularySize,
              tables: (parameters, time) => {
                const everyToken = tf.reshape(tf.range(0, vocabularySize, 1, 'int32'), [vocabularySize, 1]);
                return prepared.prepare(parameters, read(parameters, tf.tile(everyToken, [1, time])));
              },
              forward: (parameters, entries, at) =>
                readOut(parameters, prepared.complete(parameters, entries, at && tokensAt(at))),
            },
          }),
      },
    ),
    ...(body.attention && {
      attention: (parameters, tokens) =>
        tf.stack([...body.attention!(parameters, read(parameters, tokens)).weights], 1),
    }),
    initialState: (batch, maximumTime) => body.initialState(batch, maximumTime),
    step: (parameters, state, token: Tensor, position: Tensor) => {
      const at = tf.reshape(tf.cast(position, 'float32'), [1]);
      const x = placed(embed(parameters, token), parameters, at);
      const next = body.step(parameters, state, x, position);
      return { state: next.state, logits: readOut(parameters, next.output) };
    },
    extend: (parameters, state, tokens, position) => {
      const at = tf.add(tf.cast(position, 'float32'), range(tokens.shape[1]!));
      const x = placed(embed(parameters, tokens), parameters, at);
      const next = extend(body, parameters, state, x, position);
      return { state: next.state, logits: readOut(parameters, next.output) };
    },
  };
}

/** How a stack of residual blocks is built. */
export interface BlocksOptions extends Omit<LanguageModelOptions, 'outputWidth' | 'hasTables'> {
  readonly layers: number;
  /** Where parameters are declared, if the caller shares some between layers. */
  readonly scope?: ParameterScope;
  /** x + branch(norm(x)) with a last norm before the read-out, or norm(x + branch(x)) without. Default: the first. */
  readonly normalisation?: Normalisation;
}

/** Where a residual block has its norms: before its branches, or behind their sums. */
export const normalisations = ['pre', 'post'] as const;
/** Before a branch (x + branch(norm(x))), or behind its sum (norm(x + branch(x))). */
export type Normalisation = (typeof normalisations)[number];

/** The residual branches of a block, in order, by name. */
export type Branches = Readonly<Record<string, (scope: ParameterScope, layer: number) => SequenceLayer>>;

/**
 * The common shape of modern sequence models: `layers` blocks, each a chain of pre-norm residual branches
 * x + branch(norm(x)), and a last norm; or of post-norm branches, which need none. Parameters are named
 * `layers.<i>.<branch>.<...>`.
 */
export function residualBlocks(
  { scope = ParameterScope.root(), norm = layerNorm, normalisation = 'pre', ...options }: BlocksOptions,
  branches: Branches | ((layer: number) => Branches),
): SequenceModel {
  const branchesOf = typeof branches === 'function' ? branches : () => branches;
  const joined = normalisation === 'pre' ? residual : postNormResidual;
  const last = normalisation === 'pre' ? norm : undefined;
  return languageModel(scope, { ...options, norm: last, hasTables: true }, (inside) =>
    chain(
      Array.from({ length: options.layers }, (_, i) =>
        Object.entries(branchesOf(i)).map(([name, branch]) => {
          const inner = inside.child('layers').child(i).child(name);
          return joined(norm(inner.child('norm'), options.width), branch(inner, i));
        }),
      ).flat(),
    ),
  );
}

/** The common shape of classical recurrent networks: layers on top of each other, the first on the embedding. */
export function recurrentNetwork(
  { layers, embeddingWidth, hiddenSize }: RecurrentHyperparameters,
  vocabularySize: number,
  makeLayer: (scope: ParameterScope, inputs: number, hiddenSize: number) => SequenceLayer,
): SequenceModel {
  const options = { vocabularySize, width: embeddingWidth, outputWidth: hiddenSize };
  return languageModel(ParameterScope.root(), options, (scope) =>
    chain(
      Array.from({ length: layers }, (_, i) =>
        makeLayer(scope.child('layers').child(i), i === 0 ? embeddingWidth : hiddenSize, hiddenSize),
      ),
    ),
  );
}
