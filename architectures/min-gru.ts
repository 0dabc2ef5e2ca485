import * as tf from '@tensorflow/tfjs';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  feedForward, linear, WideningHyperparameters, type ParameterScope, recurrence, residualBlocks, type SequenceLayer, tokenwise,
} from './layers';
import { feng2024 } from './layers/references';

/**
 * Feng et al. 2024, section 3.1. The gate sees the token alone, so the recurrence is linear:
 *   z_t = sigmoid(x_t W_z + b_z)
 *   h_t = (1 - z_t) * h_{t-1} + z_t * (x_t W_h + b_h)
 */
function minimalGru(scope: ParameterScope, width: number): SequenceLayer {
  const gateAndCandidate = linear(scope.child('gateAndCandidate'), width, 2 * width);
  const output = linear(scope.child('output'), width, width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const [gate, candidate] = tf.split(gateAndCandidate(parameters, x), 2, -1);
      const open = tf.sigmoid(gate!);
      return [tf.sub(1, open), tf.mul(open, candidate!)];
    },
    initialState: (batch) => ({ hidden: tf.zeros([batch, width]) }),
    update: (_, state, [keep, add]) => {
      const hidden = tf.add(tf.mul(keep!, state.hidden!), add!);
      return { state: { hidden }, output: hidden };
    },
    output: (parameters, hidden) => output(parameters, hidden),
  });
}

@architecture({
  id: 'min-gru',
  version: 1,
  title: 'minGRU',
  year: 2024,
  summary: 'A GRU whose gate no longer sees the state, which makes it a linear recurrence.',
  reference: feng2024('section 3.1'),
  capabilities: { causal: true, state: 'constant', stateSize: ({ layers, width }) => layers * width },
  hyperparameters: WideningHyperparameters,
})
export class MinGru implements Architecture<WideningHyperparameters> {
  build({ layers, width, feedForwardFactor }: WideningHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        recurrence: (scope) => minimalGru(scope, width),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
