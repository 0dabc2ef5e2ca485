import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Parameters, State } from '../../registry';
import { everyToken } from './choice';
import type { Layer } from './parameters';
import { range } from './positions';
import { equalParts, scan } from './scan';
import type { SequenceLayer } from './sequence-layer';
import { inTwoParts, type PreparedForm, shortenedLayer } from './shortcuts';

/** What a recurrent layer may look at, [batch, width] for one token or [batch, time, width] for all. */
export interface Seen<T extends Tensor2D | Tensor3D> {
  /** As it entered the layer. */
  readonly x: T;
  readonly projected: T;
  /** `earlier[j]` is the projection j + 1 tokens ago, zeros before the first. */
  readonly earlier: readonly T[];
  /** [time], counted from 0; [1] for one token. */
  readonly positions: Tensor1D;
}

export interface RecurrenceParts {
  /** Applied first, to every token alone. Default: the token as it is. */
  readonly project?: Layer;
  /** How many earlier projections, of which width, `inputs` also sees. Default: none. */
  readonly window?: { readonly size: number; readonly width: number };
  /** What the update needs and no state enters, for one token or for all times in a few large products. */
  readonly inputs: <T extends Tensor2D | Tensor3D>(parameters: Parameters, seen: Seen<T>) => Tensor[];
  /** State before the first token; every tensor [batch, ...]. */
  readonly initialState: (batch: number) => State;
  /** One token: state and inputs [batch, ...] -> next state, output [batch, ...] */
  readonly update: (parameters: Parameters, state: State, inputs: Tensor[]) => { state: State; output: Tensor };
  /** All outputs at once from the inputs [batch, time, ...]. Default: the updates, one after the other. */
  readonly parallel?: (parameters: Parameters, inputs: Tensor[]) => Tensor;
  /** Applied last: y as `update` gives it (heads may still be apart), x as it entered the layer. Default: y. */
  readonly output?: <T extends Tensor2D | Tensor3D>(parameters: Parameters, y: T, x: T) => T;
}

/** What the tokens before had, `lag` of them ago, zeros before the first: [batch, time, width] -> the same */
export function delayed(x: Tensor3D, lag: number): Tensor3D {
  const [, time] = x.shape;
  const kept = tf.slice(x, [0, 0, 0], [-1, Math.max(0, time - lag), -1]);
  return lag === 0
    ? x
    : (tf.pad(kept, [
        [0, 0],
        [Math.min(lag, time), 0],
        [0, 0],
      ]) as Tensor3D);
}

/**
 * A recurrent layer from its parts: project, look back over a short window, update a state, map the output.
 * All but the update is done for all times at once; the update is unrolled, unless there is a parallel form.
 */
export function recurrence(parts: RecurrenceParts): SequenceLayer {
  const { window, inputs, initialState, update } = parts;
  const project: Layer = parts.project ?? ((_, x) => x);
  const output = parts.output ?? (<T>(_: Parameters, y: T) => y);
  const lags = Array.from({ length: window?.size ?? 0 }, (_, j) => j + 1);
  const twoParts: PreparedForm = {
    prepare: (parameters, x) => {
      const projected = project(parameters, x);
      const earlier = lags.map((lag) => delayed(projected, lag));
      return [x, ...inputs(parameters, { x, projected, earlier, positions: range(x.shape[1]) })];
    },
    complete: (parameters, [x, ...all], choose = everyToken) => {
      const y = parts.parallel
        ? parts.parallel(parameters, all)
        : scan((state: State, now) => update(parameters, state, now), initialState(x!.shape[0]!), all);
      return output(parameters, choose(y as Tensor3D), choose(x as Tensor3D));
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
      const earlier = (window ? equalParts(kept!, window.size) : []) as Tensor2D[];
      const positions = tf.reshape(tf.cast(position, 'float32'), [1]) as Tensor1D;
      const next = update(parameters, state, inputs(parameters, { x, projected, earlier, positions }));
      const moved = window && tf.concat([projected, ...earlier.slice(0, -1)], 1);
      return {
        state: moved ? { ...next.state, window: moved } : next.state,
        output: output(parameters, next.output as Tensor2D, x),
      };
    },
  };
}

/** A layer without a state of its own that also sees the tokens of a short window: `earlier[j]` is j + 1 tokens ago. */
export const windowed = (
  window: { readonly size: number; readonly width: number },
  layer: <T extends Tensor2D | Tensor3D>(parameters: Parameters, x: T, earlier: readonly T[]) => T,
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
