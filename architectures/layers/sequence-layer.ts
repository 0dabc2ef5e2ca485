import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters, State } from '../../registry';
import { attentionScope } from './attention-hook';
import { everyToken, type Choice } from './choice';
import { settled } from './growing-state';
import type { Layer } from './parameters';
import { scan } from './scan';
import { layerShortcuts, shortenedLayer } from './shortcuts';

/** What a step of a layer gives. */
export interface LayerStep<Output = Tensor> {
  readonly state: State;
  readonly output: Output;
}

/** What the queries of one or more attentions looked at, in order: [batch, heads, queries, keys] each; and what came of it. */
export interface Attended {
  readonly weights: readonly Tensor[];
  readonly output: Tensor;
}

/** A causal map between sequences, in a parallel and a recurrent form that say the same. */
export interface SequenceLayer {
  /** [batch, time, width] -> [batch, time, width'] */
  forward(parameters: Parameters, x: Tensor): Tensor;
  /** State before the first token, with room for `maximumTime` tokens. */
  initialState(batch: number, maximumTime: number): State;
  /** x [batch, width], position scalar int32 -> next state, output [batch, width'] */
  step(parameters: Parameters, state: State, x: Tensor, position: Tensor): LayerStep;
  /** Only if that is cheaper, as many steps at once: x [batch, count, width] -> next state, output [batch, count, width'] */
  extend?(parameters: Parameters, state: State, x: Tensor, position: Tensor): LayerStep<Tensor>;
  /** Only if there is any within: `forward`, and the weights of the attention. */
  attention?(parameters: Parameters, x: Tensor): Attended;
}

/** `count` steps at once, or one after the other where the layer has nothing better. */
export function extend(
  layer: SequenceLayer,
  parameters: Parameters,
  state: State,
  x: Tensor,
  position: Tensor,
): LayerStep<Tensor> {
  if (layer.extend) return layer.extend(parameters, state, x, position);
  let last = state;
  const outputs = tf.unstack(x, 1).map((token, i) => {
    const now = tf.add(position, tf.scalar(i, 'int32'));
    const result = attentionScope(i, () => layer.step(parameters, last, token, now));
    last = settled(last, result.state, now);
    return result.output;
  });
  return { state: last, output: tf.stack(outputs, 1) };
}

const attended = (layer: SequenceLayer, parameters: Parameters, x: Tensor): Attended =>
  layer.attention?.(parameters, x) ?? { weights: [], output: layer.forward(parameters, x) };

/** A layer that looks at one token at a time and keeps nothing. */
export const tokenwise = (layer: Layer): SequenceLayer => ({
  forward: shortenedLayer((parameters, x) => layer(parameters, x), { isTokenwise: true }),
  initialState: () => ({}),
  step: (parameters, state, x) => ({ state, output: layer(parameters, x) }),
  extend: (parameters, state, x) => ({ state, output: layer(parameters, x) }),
});

/** A layer given by its step alone: the parallel form is the step, unrolled over time. */
export function recurrent(layer: Pick<SequenceLayer, 'initialState' | 'step'>): SequenceLayer {
  return {
    ...layer,
    forward: (parameters, x) =>
      scan(
        (state: State, [token], time) => layer.step(parameters, state, token!, tf.scalar(time, 'int32')),
        layer.initialState(x.shape[0]!, x.shape[1]!),
        [x],
      ),
  };
}

const unchanged: Layer = (_, x) => x;

/** x + layer(norm(x)) */
export const residual = (norm: Layer, layer: SequenceLayer): SequenceLayer => branch(layer, norm, unchanged);

/** norm(x + layer(x)), as in Vaswani et al. 2017 */
export const postNormResidual = (norm: Layer, layer: SequenceLayer): SequenceLayer => branch(layer, unchanged, norm);

/** after(x + layer(before(x))) */
function branch(layer: SequenceLayer, before: Layer, after: Layer): SequenceLayer {
  const { isTokenwise, forwardAt, prepared } = layerShortcuts(layer);
  const joined = (parameters: Parameters, x: Tensor, said: Tensor) => after(parameters, tf.add(x, said));
  return {
    forward: shortenedLayer(
      (parameters, x) => joined(parameters, x, layer.forward(parameters, before(parameters, x))),
      {
        isTokenwise,
        ...(forwardAt && {
          forwardAt: (parameters, x, choose) =>
            joined(parameters, choose(x), forwardAt(parameters, before(parameters, x), choose)),
        }),
        ...(prepared && {
          prepared: {
            prepare: (parameters, x) => [x, ...prepared.prepare(parameters, before(parameters, x))],
            complete: (parameters, [x, ...rest], choose = everyToken) =>
              joined(parameters, choose(x!), prepared.complete(parameters, rest, choose)),
          },
        }),
      },
    ),
    initialState: (batch, maximumTime) => layer.initialState(batch, maximumTime),
    step: (parameters, state, x, position) => {
      const inner = layer.step(parameters, state, before(parameters, x), position);
      return { state: inner.state, output: joined(parameters, x, inner.output) };
    },
    extend: (parameters, state, x, position) => {
      const inner = extend(layer, parameters, state, before(parameters, x), position);
      return { state: inner.state, output: joined(parameters, x, inner.output) };
    },
    ...(layer.attention && {
      attention: (parameters, x) => {
        const inner = attended(layer, parameters, before(parameters, x));
        return { weights: inner.weights, output: joined(parameters, x, inner.output) };
      },
    }),
  };
}

/** The part of a state that belongs to one layer of a chain, without its prefix. */
const part = (state: State, prefix: string): State =>
  Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
const prefixed = (state: State, prefix: string): State =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [prefix + name, tensor]));

/** One layer after the other; states are kept under `0.`, `1.`, ... */
export function chain(layers: readonly SequenceLayer[]): SequenceLayer {
  /** Hands `x` through the layers, each with its own part of the state. */
  const through = <T>(
    state: State,
    x: T,
    advance: (layer: SequenceLayer, own: State, x: T) => LayerStep<T>,
  ): LayerStep<T> => {
    let output = x;
    const next = layers.map((layer, i) => {
      const result = advance(layer, part(state, `${i}.`), output);
      output = result.output;
      return prefixed(result.state, `${i}.`);
    });
    return { state: Object.assign({}, ...next), output };
  };
  const forward = (parameters: Parameters, x: Tensor, from = 0, to = layers.length): Tensor =>
    layers.slice(from, to).reduce((sequence, layer) => layer.forward(parameters, sequence), x);
  const shortcuts = layers.map(layerShortcuts);
  // From here on layers look at each token alone: they need not look at those that nobody wants.
  const tail = shortcuts.findLastIndex(({ isTokenwise }) => !isTokenwise) + 1;
  const wantedOf = (parameters: Parameters, x: Tensor, choose: Choice, from = 0): Tensor => {
    const to = Math.max(from, tail);
    const forwardAt = to > from ? shortcuts[to - 1]!.forwardAt : undefined;
    const chosen = forwardAt
      ? forwardAt(parameters, forward(parameters, x, from, to - 1), choose)
      : choose(forward(parameters, x, from, to));
    return forward(parameters, chosen, to);
  };
  const first = shortcuts[0]?.prepared;
  return {
    forward: shortenedLayer((parameters, x) => forward(parameters, x), {
      ...((tail < layers.length || shortcuts.at(-1)?.forwardAt) && {
        forwardAt: (parameters, x, choose) => wantedOf(parameters, x, choose),
      }),
      ...(first && {
        prepared: {
          prepare: first.prepare,
          complete: (parameters, prepared, choose) => {
            const x = first.complete(parameters, prepared);
            return choose ? wantedOf(parameters, x, choose, 1) : forward(parameters, x, 1);
          },
        },
      }),
    }),
    initialState: (batch, maximumTime) =>
      Object.assign({}, ...layers.map((layer, i) => prefixed(layer.initialState(batch, maximumTime), `${i}.`))),
    step: (parameters, state, x, position) =>
      through(state, x, (layer, own, input) => layer.step(parameters, own, input, position)),
    extend: (parameters, state, x, position) =>
      through(state, x, (layer, own, input) => extend(layer, parameters, own, input, position)),
    ...(layers.some(({ attention }) => attention) && {
      attention: (parameters, x) =>
        layers.reduce<Attended>(
          ({ weights, output }, layer) => {
            const next = attended(layer, parameters, output);
            return { weights: [...weights, ...next.weights], output: next.output };
          },
          { weights: [], output: x },
        ),
    }),
  };
}

/**
 * A layer that is another for every length of sequence. Its recurrent form, which knows no length, is that of `fixed`.
 */
export const byLength = (fixed: SequenceLayer, layerFor: (time: number) => SequenceLayer): SequenceLayer => {
  const whole = (x: Tensor) => layerFor(x.shape[1]!);
  const chooses = layerShortcuts(fixed).forwardAt;
  return {
    ...fixed,
    forward: shortenedLayer((parameters, x) => whole(x).forward(parameters, x), {
      ...(chooses && {
        forwardAt: (parameters, x, choose) => layerShortcuts(whole(x)).forwardAt!(parameters, x, choose),
      }),
    }),
    ...(fixed.attention && { attention: (parameters, x) => whole(x).attention!(parameters, x) }),
  };
};
