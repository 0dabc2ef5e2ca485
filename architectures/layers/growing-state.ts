import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { State } from '../../registry';

/**
 * Where a state keeps what steps have appended to `name` and whoever drives the model has not moved to its place yet. So no
 * step copies a whole cache: it looks at what is old and at what is recent where they are.
 */
export const recentName = (name: string): string => `${name}.recent`;

/** What steps appended to `name` lately, if they did: tokens before `position - recent` are in `state[name]`. */
export const recentOf = (state: State, name: string): Tensor | undefined => state[recentName(name)];

/** The state with `fresh` tokens after the recent ones of each tensor named, on the axis on which it grows. */
export const appended = (state: State, fresh: State, axis: number): State => ({
  ...state,
  ...Object.fromEntries(
    Object.entries(fresh).map(([name, tokens]) => {
      const recent = recentOf(state, name);
      return [recentName(name), recent ? tf.concat([recent, tokens], axis) : tokens];
    }),
  ),
});

/**
 * The state after a step at `position` in the shapes that it had before it: tokens that the step concatenated at the end of
 * a tensor are put in their place. What is `appended` stays where it is.
 */
export function settled(before: State, after: State, position: Tensor): State {
  const recent = new Set(Object.keys(before).map(recentName));
  return Object.fromEntries(
    Object.entries(after).map(([name, tensor]) => {
      const former = recent.has(name) ? undefined : before[name];
      return [name, former ? placed(former, tensor, position) : tensor];
    }),
  );
}

function placed(before: Tensor, after: Tensor, position: Tensor): Tensor {
  const axis = after.shape.findIndex((extent, i) => extent > before.shape[i]!);
  if (axis < 0 || before === after) return after;
  const room = before.shape[axis]!;
  const [kept, fresh] = tf.split(after, [room, after.shape[axis]! - room], axis) as [Tensor, Tensor];
  const count = fresh.shape[axis]!;
  const since = tf.sub(tf.range(0, room), tf.cast(position, 'float32')); // [room]
  const isFresh = tf.logicalAnd(tf.greaterEqual(since, 0), tf.less(since, count));
  const along = after.shape.map((_, i) => (i === axis ? room : 1));
  const mask = tf.reshape(tf.cast(isFresh, 'float32'), along);
  const source = tf.cast(tf.clipByValue(since, 0, count - 1), 'int32');
  return tf.add(tf.mul(kept, tf.sub(1, mask)), tf.mul(tf.gather(fresh, source, axis), mask));
}
