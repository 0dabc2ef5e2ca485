import * as tf from '@tensorflow/tfjs-core';
import type { SequenceModel, State } from '../core/contracts/architecture';
import type { TensorSpecification } from '../core/contracts/engine';
import { validated } from '../core/validation';
import { flopsOf } from '../engine/ir/flops';
import { capture } from '../engine/trace/capture';
import { sizeOf } from './models';

/** Numbers that one sequence's share of a state holds. */
export const numbersIn = (state: State): number =>
  Object.values(state).reduce((sum, { shape }) => sum + sizeOf(shape.slice(1)), 0);

/** Operations per token of the matrix products in the traced graph of step number `time`, or of `forward` where there is no step. */
export function tracedFlops(model: SequenceModel, time: number): number {
  const float = (shape: readonly number[]): TensorSpecification => ({ shape, dtype: 'float32' });
  const integer = (shape: readonly number[]): TensorSpecification => ({ shape, dtype: 'int32' });
  const named = (names: readonly string[], tensors: readonly tf.Tensor[]) =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i]!]));

  const parameterNames = model.parameters.map(({ name }) => name);
  const parameterShapes = model.parameters.map(({ shape }) => float(shape));
  if (!model.step) {
    const forward = (tokens: tf.Tensor, ...values: tf.Tensor[]) => [
      model.forward(named(parameterNames, values), tokens as tf.Tensor2D),
    ];
    return flopsOf(capture(forward, [integer([1, time]), ...parameterShapes], 'forward', 'native')) / time;
  }
  const state = tf.tidy(() =>
    Object.entries(model.initialState!(1, model.rewritten ? time : time - 1)).map(([name, { shape }]) => ({
      name,
      shape,
    })),
  );
  const step = (token: tf.Tensor, position: tf.Tensor, ...values: tf.Tensor[]) => {
    const parameters = named(parameterNames, values);
    const before = named(
      state.map(({ name }) => name),
      values.slice(parameterNames.length),
    );
    const next = model.step!(parameters, before, token as tf.Tensor1D, position as tf.Scalar);
    return [next.logits, ...Object.values(next.state)];
  };
  const signature = [integer([1]), integer([]), ...parameterShapes, ...state.map(({ shape }) => float(shape))];
  return flopsOf(capture(step, signature, 'step', 'native'));
}

/** Every whole number among the hyperparameters raised to the next that their class allows. */
export function raised<H extends object>(shape: new () => H, hyperparameters: H): H {
  const farthest = 64;
  let values = { ...hyperparameters } as Record<string, unknown>;
  for (const [key, value] of Object.entries(values)) {
    if (!Number.isInteger(value)) continue;
    const candidates = Array.from({ length: farthest }, (_, i) => ({ ...values, [key]: (value as number) + i + 1 }));
    values = candidates.find((candidate) => isAllowed(shape, candidate)) ?? values;
  }
  return Object.assign(new shape(), values);
}

function isAllowed(shape: new () => object, values: object): boolean {
  try {
    validated(shape, values, { place: shape.name });
    return true;
  } catch {
    return false;
  }
}
