import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { settled } from '../../../architectures/layers/growing-state';
import type { Parameters, SequenceModel, State } from '../../core/contracts/architecture';
import { initialShapes } from '../../model/traced-state';

/** A tensor of a state that does not grow with the sequence. */
export interface StatePart {
  readonly name: string;
  /** Numbers of it that belong to one sequence. */
  readonly size: number;
}

/** Those of a model, in the order of their names; none where it has no recurrent form. */
export function constantParts(model: SequenceModel): StatePart[] {
  if (!model.step) return [];
  const [one, two] = [1, 2].map((tokens) => initialShapes(model, 1, tokens)) as [Shapes, Shapes];
  return Object.keys(one)
    .sort()
    .filter((name) => String(one[name]) === String(two[name]))
    .map((name) => ({ name, size: one[name]!.reduce((size, extent) => size * extent, 1) }))
    .filter(({ size }) => size > 0);
}
type Shapes = Readonly<Record<string, readonly number[]>>;

/** Why there is no state to look at; undefined where there is. */
export function whyNoState(model: SequenceModel): string | undefined {
  if (!model.step) return 'it has no recurrent form, and so no state';
  return constantParts(model).length > 0 ? undefined : 'all of its state grows with the sequence';
}

/** What `read` makes of the state after every token, stacked: tokens [sequences, time] -> [time, ...] */
export function afterEveryToken(
  model: SequenceModel,
  parameters: Parameters,
  tokens: Tensor,
  read: (state: State) => Tensor,
): Tensor {
  const [sequences, time] = tokens.shape as [number, number];
  let state = model.initialState!(sequences, time);
  const found = tf.unstack(tokens, 1).map((token, position) => {
    const now = tf.scalar(position, 'int32');
    state = settled(state, model.step!(parameters, state, token, now).state, now);
    return read(state);
  });
  return tf.stack(found);
}
