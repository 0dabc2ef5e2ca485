import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import { linear, type MakeMinimalGates, minimalNetwork, split, WideningHyperparameters } from './layers';
import { feng2024 } from './layers/references';

/**
 * Feng et al. 2024, section 3.1. The gate sees the token alone, so the recurrence is linear:
 *   z_t = sigmoid(x_t W_z + b_z)
 *   h_t = (1 - z_t) * h_{t-1} + z_t * (x_t W_h + b_h)
 */
const gates: MakeMinimalGates = (scope, width) => {
  const gateAndCandidate = linear(scope.child('gateAndCandidate'), width, 2 * width);
  return (parameters, x) => {
    const [gate, candidate] = split(gateAndCandidate(parameters, x), 2);
    return { keep: tf.sigmoid(tf.neg(gate)), candidate }; // 1 - sigmoid(z) = sigmoid(-z)
  };
};

@architecture({
  id: 'min-gru',
  version: 1,
  title: 'minGRU',
  year: 2024,
  summary: 'A GRU whose gate no longer sees the state, which makes it a linear recurrence.',
  reference: feng2024('section 3.1'),
  capabilities: { causal: true },
  hyperparameters: WideningHyperparameters,
})
export class MinGru implements Architecture<WideningHyperparameters> {
  build(hyperparameters: WideningHyperparameters, vocabularySize: number): SequenceModel {
    return minimalNetwork(hyperparameters, vocabularySize, gates);
  }
}
