import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * A recurrence unrolled over time: `step(state, xs[t], t)` for t = 0, 1, ..., its outputs stacked along time.
 * Every sequence is [batch, time, ...]; the step sees [batch, ...]. What does not depend on the state belongs outside,
 * in one product for all times.
 */
export function scan<S>(
  step: (state: S, inputs: Tensor[], time: number) => { state: S; output: Tensor },
  initialState: S,
  sequences: readonly Tensor[],
): Tensor {
  const times = sequences.map((sequence) => slices(sequence, 1));
  let state = initialState;
  const outputs = times[0]!.map((_, time) => {
    const result = step(
      state,
      times.map((now) => now[time]!),
      time,
    );
    state = result.state;
    return result.output;
  });
  return tf.stack(outputs, 1);
}

/** Slices along a dimension, without it. TensorFlow.js has no gradient for unstacking a single one. */
export const slices = (x: Tensor, axis: number): Tensor[] =>
  x.shape[axis] === 1 ? [tf.squeeze(x, [axis])] : tf.unstack(x, axis);
