import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  initializers,
  linear,
  type ParameterScope,
  recurrence,
  RecurrentHyperparameters,
  recurrentNetwork,
  type SequenceLayer,
  split,
} from './layers';

/**
 * Cho et al. 2014, with the reset gate applied after the product as in cuDNN and PyTorch:
 *   r_t = sigmoid(x_t W_r + b_r + h_{t-1} U_r + c_r)
 *   z_t = sigmoid(x_t W_z + b_z + h_{t-1} U_z + c_z)
 *   n_t = tanh(x_t W_n + b_n + r_t * (h_{t-1} U_n + c_n))
 *   h_t = (1 - z_t) * n_t + z_t * h_{t-1}
 */
function gruLayer(scope: ParameterScope, inputs: number, hiddenSize: number): SequenceLayer {
  const bound = 1 / Math.sqrt(hiddenSize);
  const initializer = initializers.uniform(-bound, bound);
  const fromInput = linear(scope.child('input'), inputs, 3 * hiddenSize, { initializer });
  const fromHidden = linear(scope.child('hidden'), hiddenSize, 3 * hiddenSize, { initializer });
  return recurrence({
    inputs: (parameters, { x }) => [fromInput(parameters, x)],
    initialState: (batch) => ({ hidden: tf.zeros([batch, hiddenSize]) }),
    update: (parameters, { hidden }, [fromX]) => {
      const [xReset, xUpdate, xNew] = split(fromX, 3, 1); // [batch, hiddenSize] each
      const [hReset, hUpdate, hNew] = split(fromHidden(parameters, hidden), 3, 1);
      const r = tf.sigmoid(tf.add(xReset, hReset));
      const z = tf.sigmoid(tf.add(xUpdate, hUpdate));
      const n = tf.tanh(tf.add(xNew, tf.mul(r, hNew)));
      const h = tf.add(n, tf.mul(z, tf.sub(hidden, n))); // (1 - z) * n + z * h
      return { state: { hidden: h }, output: h };
    },
  });
}

@architecture({
  id: 'gru',
  version: 1,
  title: 'GRU',
  year: 2014,
  summary: 'A recurrent network with an update and a reset gate and no separate cell.',
  reference: {
    authors: 'Cho et al. 2014',
    title: 'Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation',
    identifier: '1406.1078',
  },
  capabilities: { causal: true },
  theory: { counts: false },
  hyperparameters: RecurrentHyperparameters,
})
export class Gru implements Architecture<RecurrentHyperparameters> {
  build(hyperparameters: RecurrentHyperparameters, vocabularySize: number): SequenceModel {
    return recurrentNetwork(hyperparameters, vocabularySize, gruLayer);
  }
}
