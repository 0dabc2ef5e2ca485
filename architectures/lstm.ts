import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  gated,
  gatedTanh,
  initializers,
  linear,
  type ParameterScope,
  recurrence,
  type RecurrenceParts,
  RecurrentHyperparameters,
  recurrentNetwork,
} from './layers';
import { deletang2023 } from './layers/references';

/**
 * Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000:
 *   [i, f, g, o] = x_t W + h_{t-1} U + b
 *   c_t = sigmoid(f) c_{t-1} + sigmoid(i) tanh(g)
 *   h_t = sigmoid(o) tanh(c_t)
 */
export function longShortTermMemory(scope: ParameterScope, inputs: number, hiddenSize: number): RecurrenceParts {
  const { blocks, ones, uniform, zeros } = initializers;
  const bound = 1 / Math.sqrt(hiddenSize);
  const initializer = uniform(-bound, bound);
  // The forget gate starts nearly open (bias 1), so that early gradients reach far back (Jozefowicz et al. 2015).
  const biasInitializer = blocks([hiddenSize, zeros], [hiddenSize, ones], [2 * hiddenSize, zeros]);
  const fromInput = linear(scope.child('input'), inputs, 4 * hiddenSize, { initializer, biasInitializer });
  const fromHidden = linear(scope.child('hidden'), hiddenSize, 4 * hiddenSize, { initializer, bias: false });
  return {
    inputs: (parameters, { x }) => [fromInput(parameters, x)],
    initialState: (batch) => ({ hidden: tf.zeros([batch, hiddenSize]), cell: tf.zeros([batch, hiddenSize]) }),
    update: (parameters, { hidden, cell }, [fromX]) => {
      const gates = tf.add(fromX!, fromHidden(parameters, hidden as Tensor2D)); // [batch, 4 hiddenSize]
      const [input, forget, candidate, output] = tf.split(gates, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
      const nextCell = tf.add(gated(forget, cell!), gatedTanh(input, candidate));
      const nextHidden = gatedTanh(output, nextCell);
      return { state: { hidden: nextHidden, cell: nextCell }, output: nextHidden };
    },
  };
}

@architecture({
  id: 'lstm',
  version: 1,
  title: 'LSTM',
  year: 1997,
  summary: 'A recurrent network whose cell keeps, forgets and adds through gates that see the previous output.',
  reference: {
    authors: 'Hochreiter and Schmidhuber 1997',
    title: 'Long Short-Term Memory',
    identifier: '10.1162/neco.1997.9.8.1735',
  },
  capabilities: { causal: true },
  hyperparameters: RecurrentHyperparameters,
  claims: [
    { task: 'parity', range: 'far', atLeast: 0.99, reference: deletang2023('main results: 100 at lengths 41..500') },
    {
      task: 'reversal',
      range: 'far',
      atMost: 0.1,
      reference: deletang2023('main results: 60.9 per token at lengths 41..500, so hardly ever a whole sequence'),
    },
  ],
})
export class Lstm implements Architecture<RecurrentHyperparameters> {
  build(hyperparameters: RecurrentHyperparameters, vocabularySize: number): SequenceModel {
    return recurrentNetwork(hyperparameters, vocabularySize, (scope, inputs, hiddenSize) =>
      recurrence(longShortTermMemory(scope, inputs, hiddenSize)),
    );
  }
}
