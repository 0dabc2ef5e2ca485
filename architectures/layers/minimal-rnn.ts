import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters, SequenceModel } from '../../registry';
import { feedForward } from './feed-forward';
import type { WideningHyperparameters } from './hyperparameters';
import { residualBlocks } from './language-model';
import { linear } from './linear';
import type { ParameterScope } from './parameters';
import { recurrence } from './recurrence';
import { type SequenceLayer, tokenwise } from './sequence-layer';

/** The gates of one token: the share of the state that it keeps, and the candidate that takes the rest. */
export interface MinimalGates {
  readonly keep: Tensor;
  readonly candidate: Tensor;
}

/** The gates of a layer: x [batch, (time,) width] -> keep and candidate, the same. */
export type MakeMinimalGates = (
  scope: ParameterScope,
  width: number,
) => (parameters: Parameters, x: Tensor) => MinimalGates;

/**
 * A minimal RNN (Feng et al. 2024, section 3). Its gates do not see the state, so the recurrence is linear:
 *   h_t = k_t * h_{t-1} + (1 - k_t) * c_t
 *   y_t = h_t W_o + b_o
 */
function minimalRnn(scope: ParameterScope, width: number, makeGates: MakeMinimalGates): SequenceLayer {
  const gates = makeGates(scope, width);
  const output = linear(scope.child('output'), width, width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const { keep, candidate } = gates(parameters, x);
      return [keep, tf.mul(tf.sub(1, keep), candidate)];
    },
    initialState: (batch) => ({ hidden: tf.zeros([batch, width]) }),
    update: (_, state, [keep, add]) => {
      const hidden = tf.add(tf.mul(keep, state.hidden), add);
      return { state: { hidden }, output: hidden };
    },
    output: (parameters, hidden) => output(parameters, hidden),
  });
}

/** Blocks of a minimal RNN and a feed-forward branch. */
export const minimalNetwork = (
  { layers, width, feedForwardFactor }: WideningHyperparameters,
  vocabularySize: number,
  makeGates: MakeMinimalGates,
): SequenceModel =>
  residualBlocks(
    { vocabularySize, width, layers },
    {
      recurrence: (scope) => minimalRnn(scope, width, makeGates),
      feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
    },
  );
