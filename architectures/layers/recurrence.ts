import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters, State } from '../../registry';
import { everyToken } from './choice';
import type { Layer } from './parameters';
import { range } from './positions';
import { scan } from './scan';
import type { SequenceLayer } from './sequence-layer';
import { inTwoParts, type PreparedForm, shortenedLayer } from './shortcuts';
import { shapeOf, split } from './tensors';

/** What the inputs of an update may depend on, [batch, width] for one token or [batch, time, width] for all. */
export interface Seen {
  /** The input of the layer. */
  readonly x: Tensor;
  readonly projected: Tensor;
  /** `earlier[j]` is the projection j + 1 tokens ago, zeros before the first. */
  readonly earlier: readonly Tensor[];
  /** [time], counted from 0; [1] for one token. */
  readonly positions: Tensor;
}

/** A recurrent layer in parts. `Inputs` and `Carried` are what an update takes, by place and by name. */
export interface RecurrenceParts<Inputs extends readonly Tensor[] = Tensor[], Carried extends State = State> {
  /** Applied first, to every token alone. Default: the token as it is. */
  readonly project?: Layer;
  /** How many earlier projections, of which width, `inputs` also sees. Default: none. */
  readonly window?: { readonly size: number; readonly width: number };
  /** What the update needs and does not depend on the state: for one token, or for all times in a few large products. */
  readonly inputs: (parameters: Parameters, seen: Seen) => Inputs;
  /** State before the first token; every tensor [batch, ...]. */
  readonly initialState: (batch: number) => Carried;
  /** One token: state and inputs [batch, ...] -> next state, output [batch, ...] */
  readonly update: (parameters: Parameters, state: Carried, inputs: Inputs) => { state: Carried; output: Tensor };
  /** All outputs at once from the inputs [batch, time, ...]. Default: the updates, one after the other. */
  readonly parallel?: (parameters: Parameters, inputs: Inputs) => Tensor;
  /** Applied last: y as `update` gives it (heads may still be apart), x as it entered the layer. Default: y. */
  readonly output?: (parameters: Parameters, y: Tensor, x: Tensor) => Tensor;
}

/** x delayed by `lag` tokens, zeros before the first: [batch, time, width] -> the same */
export function delayed(x: Tensor, lag: number): Tensor {
  const [, time] = shapeOf(x);
  const kept = tf.slice(x, [0, 0, 0], [-1, Math.max(0, time - lag), -1]);
  return lag === 0
    ? x
    : tf.pad(kept, [
        [0, 0],
        [Math.min(lag, time), 0],
        [0, 0],
      ]);
}

/**
 * A recurrent layer from its parts: project, look back over a short window, update a state, map the output.
 * Everything but the update is computed for all times at once. The update is unrolled, unless there is a parallel form.
 */
export function recurrence<Inputs extends readonly Tensor[] | [Tensor], Carried extends State>(
  parts: RecurrenceParts<Inputs, Carried>,
): SequenceLayer {
  // Between `inputs` and `update` the number of tensors and their names are forgotten.
  const { window, inputs, initialState, update, parallel } = parts as unknown as RecurrenceParts;
  const project: Layer = parts.project ?? ((_, x) => x);
  const output = parts.output ?? ((_: Parameters, y: Tensor) => y);
  const lags = Array.from({ length: window?.size ?? 0 }, (_, j) => j + 1);
  const twoParts: PreparedForm = {
    prepare: (parameters, x) => {
      const projected = project(parameters, x);
      const earlier = lags.map((lag) => delayed(projected, lag));
      return [x, ...inputs(parameters, { x, projected, earlier, positions: range(x.shape[1]!) })];
    },
    complete: (parameters, [x, ...all], choose = everyToken) => {
      const y = parallel
        ? parallel(parameters, all)
        : scan((state: State, now) => update(parameters, state, now), initialState(x!.shape[0]!), all);
      return output(parameters, choose(y), choose(x!));
    },
  };
  return {
    forward: inTwoParts(twoParts, { canChoose: parts.output !== undefined, isTable: !window }),
    initialState: (batch) => ({
      ...initialState(batch),
      ...(window ? { window: tf.zeros([batch, window.size * window.width]) } : {}),
    }),
    step: (parameters, { window: kept, ...state }, x, position) => {
      const projected = project(parameters, x);
      const earlier = window ? split(kept!, window.size) : [];
      const positions = tf.reshape(tf.cast(position, 'float32'), [1]);
      const next = update(parameters, state, inputs(parameters, { x, projected, earlier, positions }));
      const moved = window && tf.concat([projected, ...earlier.slice(0, -1)], 1);
      return {
        state: moved ? { ...next.state, window: moved } : next.state,
        output: output(parameters, next.output, x),
      };
    },
  };
}

/** A layer without a state of its own that also sees the tokens of a short window: `earlier[j]` is j + 1 tokens ago. */
export const windowed = (
  window: { readonly size: number; readonly width: number },
  layer: (parameters: Parameters, x: Tensor, earlier: readonly Tensor[]) => Tensor,
): SequenceLayer => {
  const whole = recurrence({
    window,
    inputs: (parameters, { x, earlier }) => [layer(parameters, x, earlier)],
    initialState: () => ({}),
    update: (_, state, [y]) => ({ state, output: y! }),
    parallel: (_, [y]) => y!,
  });
  return {
    ...whole,
    forward: shortenedLayer((parameters, x) => whole.forward(parameters, x), {
      forwardAt: (parameters, x, choose) =>
        layer(
          parameters,
          choose(x),
          Array.from({ length: window.size }, (_, j) => choose(delayed(x, j + 1))),
        ),
    }),
  };
};
