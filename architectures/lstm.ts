import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  initializers,
  linear,
  type ParameterScope,
  recurrence,
  type RecurrenceParts,
  RecurrentHyperparameters,
  recurrentNetwork,
  sigmoidTimes,
  sigmoidTimesTanh,
  split,
} from './layers';

/**
 * Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000:
 *   [i, f, g, o] = x_t W + h_{t-1} U + b, then i, f, o through sigmoid and g through tanh
 *   c_t = f * c_{t-1} + i * g
 *   h_t = o * tanh(c_t)
 */
export function longShortTermMemory(
  scope: ParameterScope,
  inputs: number,
  hiddenSize: number,
): RecurrenceParts<[Tensor], Record<'hidden' | 'cell', Tensor>> {
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
      // [batch, hiddenSize] each, before their sigmoid and tanh: these are one operation with the product, and so is the gradient
      const [i, f, g, o] = split(tf.add(fromX, fromHidden(parameters, hidden)), 4, 1);
      // c <- f * c + i * g
      const c = tf.add(sigmoidTimes(f, cell), sigmoidTimesTanh(i, g));
      // h <- o * tanh(c)
      const h = sigmoidTimesTanh(o, c);
      return { state: { hidden: h, cell: c }, output: h };
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
  theory: { counts: true },
  hyperparameters: RecurrentHyperparameters,
})
export class Lstm implements Architecture<RecurrentHyperparameters> {
  build(hyperparameters: RecurrentHyperparameters, vocabularySize: number): SequenceModel {
    return recurrentNetwork(hyperparameters, vocabularySize, (scope, inputs, hiddenSize) =>
      recurrence(longShortTermMemory(scope, inputs, hiddenSize)),
    );
  }
}
