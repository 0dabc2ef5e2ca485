import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type ArchitectureMeta, type SequenceModel } from '../registry';
import {
  initializers,
  linear,
  type ParameterScope,
  recurrence,
  type RecurrenceParts,
  RecurrentHyperparameters,
  recurrentNetwork,
} from './layers';

type Activation = (x: Tensor) => Tensor;

/** Elman 1990: h_t = f(x_t W + h_{t-1} U + b) */
export function elman(
  scope: ParameterScope,
  inputs: number,
  hiddenSize: number,
  activation: Activation,
): RecurrenceParts<[Tensor], { hidden: Tensor }> {
  const bound = 1 / Math.sqrt(hiddenSize);
  const initializer = initializers.uniform(-bound, bound);
  const fromInput = linear(scope.child('input'), inputs, hiddenSize, { initializer });
  const fromHidden = linear(scope.child('hidden'), hiddenSize, hiddenSize, { initializer, bias: false });
  return {
    inputs: (parameters, { x }) => [fromInput(parameters, x)],
    initialState: (batch) => ({ hidden: tf.zeros([batch, hiddenSize]) }),
    update: (parameters, state, [fromX]) => {
      const hidden = activation(tf.add(fromX, fromHidden(parameters, state.hidden)));
      return { state: { hidden }, output: hidden };
    },
  };
}

const meta = {
  id: 'rnn',
  version: 1,
  title: 'Elman network',
  year: 1990,
  summary: 'The simple recurrent network: one tanh layer that sees the token and its own last output.',
  reference: { authors: 'Elman 1990', title: 'Finding Structure in Time', identifier: '10.1207/s15516709cog1402_1' },
  capabilities: { causal: true },
  theory: { counts: false },
  hyperparameters: RecurrentHyperparameters,
} satisfies ArchitectureMeta<RecurrentHyperparameters>;

@architecture({
  ...meta,
  otherNames: [
    { name: 'Elman RNN', source: 'Elman 1990' },
    { name: 'SRN', source: 'Elman 1990' },
  ],
})
export class Rnn implements Architecture<RecurrentHyperparameters> {
  protected readonly activation: Activation = tf.tanh;

  build(hyperparameters: RecurrentHyperparameters, vocabularySize: number): SequenceModel {
    return recurrentNetwork(hyperparameters, vocabularySize, (scope, inputs, hiddenSize) =>
      recurrence(elman(scope, inputs, hiddenSize, this.activation)),
    );
  }
}

@architecture({
  ...meta,
  id: 'rnn-relu',
  title: 'Elman network, ReLU',
  summary: 'The simple recurrent network with relu in place of tanh: its state has no upper bound.',
  variantOf: 'rnn',
  theory: { counts: true },
})
export class RnnRelu extends Rnn {
  protected override readonly activation: Activation = tf.relu;
}
