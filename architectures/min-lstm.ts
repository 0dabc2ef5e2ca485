import * as tf from '@tensorflow/tfjs';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  feedForward, linear, type ParameterScope, recurrence, residualBlocks, type SequenceLayer, tokenwise, WideningHyperparameters,
} from './layers';
import { feng2024 } from './layers/references';

/**
 * Feng et al. 2024, section 3.2. Forget and input gate see the token alone and sum to one:
 *   f_t = sigmoid(x_t W_f + b_f),  i_t = sigmoid(x_t W_i + b_i)
 *   h_t = f_t / (f_t + i_t) * h_{t-1} + i_t / (f_t + i_t) * (x_t W_h + b_h)
 */
function minimalLstm(scope: ParameterScope, width: number): SequenceLayer {
  const gatesAndCandidate = linear(scope.child('gatesAndCandidate'), width, 3 * width);
  const output = linear(scope.child('output'), width, width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const [forgetGate, inputGate, candidate] = tf.split(gatesAndCandidate(parameters, x), 3, -1);
      const [forget, input] = [tf.sigmoid(forgetGate!), tf.sigmoid(inputGate!)];
      const keep = tf.div(forget, tf.add(forget, input));
      return [keep, tf.mul(tf.sub(1, keep), candidate!)];
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
  id: 'min-lstm',
  version: 1,
  title: 'minLSTM',
  year: 2024,
  summary: 'An LSTM whose gates no longer see the state and sum to one, which makes it a linear recurrence.',
  reference: feng2024('section 3.2'),
  capabilities: { causal: true, state: 'constant', stateSize: ({ layers, width }) => layers * width },
  hyperparameters: WideningHyperparameters,
})
export class MinLstm implements Architecture<WideningHyperparameters> {
  build({ layers, width, feedForwardFactor }: WideningHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        recurrence: (scope) => minimalLstm(scope, width),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
