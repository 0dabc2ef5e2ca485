import * as tf from '@tensorflow/tfjs-core';
import { recentName, type State } from '../core/contracts/architecture';
import { growingAxis, paste } from '../model/generate/cache';

/** A state at `position` whose recent tokens have been moved into the past, as whoever drives a model does. */
export function settled(state: State, position: number): State {
  const past = Object.entries(state).filter(
    ([name]) => !Object.keys(state).some((other) => recentName(other) === name),
  );
  return Object.fromEntries(
    past.map(([name, tensor]) => {
      const recent = state[recentName(name)];
      if (!recent) return [name, tensor];
      const [whole, part] = [tensor, recent].map((each) => ({
        data: Float32Array.from(each.dataSync()),
        shape: each.shape,
      }));
      const axis = growingAxis(part!.shape, whole!.shape) ?? 1;
      paste(whole!, part!, axis, position - recent.shape[axis]!);
      return [name, tf.tensor(whole!.data, tensor.shape)];
    }),
  );
}
