import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import { linear, type MakeMinimalGates, minimalNetwork, split, WideningHyperparameters } from './layers';
import { feng2024 } from './layers/references';

/**
 * Feng et al. 2024, section 3.2. Forget and input gate see the token alone and sum to one:
 *   f_t = sigmoid(x_t W_f + b_f),  i_t = sigmoid(x_t W_i + b_i)
 *   h_t = f_t / (f_t + i_t) * h_{t-1} + i_t / (f_t + i_t) * (x_t W_h + b_h)
 */
const gates: MakeMinimalGates = (scope, width) => {
  const gatesAndCandidate = linear(scope.child('gatesAndCandidate'), width, 3 * width);
  return (parameters, x) => {
    const [forgetGate, inputGate, candidate] = split(gatesAndCandidate(parameters, x), 3);
    const [forget, input] = [tf.sigmoid(forgetGate), tf.sigmoid(inputGate)];
    return { keep: tf.div(forget, tf.add(forget, input)), candidate };
  };
};

@architecture({
  id: 'min-lstm',
  version: 1,
  title: 'minLSTM',
  year: 2024,
  summary: 'An LSTM whose gates no longer see the state and sum to one, which makes it a linear recurrence.',
  reference: feng2024('section 3.2'),
  capabilities: { causal: true },
  hyperparameters: WideningHyperparameters,
})
export class MinLstm implements Architecture<WideningHyperparameters> {
  build(hyperparameters: WideningHyperparameters, vocabularySize: number): SequenceModel {
    return minimalNetwork(hyperparameters, vocabularySize, gates);
  }
}
