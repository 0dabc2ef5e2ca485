import * as tf from '@tensorflow/tfjs-core';
import { recentName, recentOf } from '../../architectures/layers/growing-state';
import type { State } from '../core/contracts/architecture';
import { growingAxis, paste } from '../model/generate/cache';

/** A state at `position` whose recent tokens have been moved to their places, as whoever drives a model does. */
export function merged(state: State, position: number): State {
  const recent = new Set(Object.keys(state).map(recentName));
  return Object.fromEntries(
    Object.entries(state)
      .filter(([name]) => !recent.has(name))
      .map(([name, tensor]) => {
        const fresh = recentOf(state, name);
        if (!fresh) return [name, tensor];
        const [whole, part] = [tensor, fresh].map((each) => ({
          data: Float32Array.from(each.dataSync()),
          shape: each.shape,
        }));
        const axis = growingAxis(part!.shape, whole!.shape) ?? 1;
        paste(whole!, part!, axis, position - fresh.shape[axis]!);
        return [name, tf.tensor(whole!.data, tensor.shape)];
      }),
  );
}
