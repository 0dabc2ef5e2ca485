import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Plugin, type SequenceModel } from 'chomsky-zoo';
import { languageModel, linear, ParameterScope, recurrent, type SequenceLayer } from 'chomsky-zoo/layers';
import { IsInt, Max, Min } from 'class-validator';

/** What can be set, with defaults and ranges: `--set my-model.hiddenSize=32`. */
export class MyModelHyperparameters {
  @IsInt() @Min(1) @Max(4096) width = 32;
  @IsInt() @Min(1) @Max(4096) hiddenSize = 64;

  /** How the checks build it small. */
  static readonly tiny = { width: 6, hiddenSize: 8 };
  /** What `--match parameters=64k` solves for. */
  static readonly scale = 'hiddenSize';
}

/**
 * The equations of the model. Replace them by yours:
 *   z_t = sigmoid(x_t W_z + h_{t-1} U_z + b_z)
 *   n_t = tanh(x_t W_n + h_{t-1} U_n + b_n)
 *   h_t = (1 - z_t) * h_{t-1} + z_t * n_t
 */
function layer(scope: ParameterScope, width: number, hiddenSize: number): SequenceLayer {
  const gates = linear(scope.child('gates'), width + hiddenSize, 2 * hiddenSize);
  return recurrent({
    initialState: (batch) => ({ hidden: tf.zeros([batch, hiddenSize]) }),
    step: (parameters, state, x) => {
      const hidden = state.hidden!; // [batch, hiddenSize]
      const [gate, candidate] = tf.split(gates(parameters, tf.concat([x, hidden], 1)), 2, 1);
      const change = tf.sub(tf.tanh(candidate!), hidden);
      const next = tf.add(hidden, tf.mul(tf.sigmoid(gate!), change));
      return { state: { hidden: next }, output: next };
    },
  });
}

@architecture({
  id: 'my-model',
  version: 1,
  title: 'My model',
  year: 2026,
  summary: 'A recurrent network with one gate.',
  reference: { authors: 'Nobody yet', title: 'My model', identifier: 'https://example.org' },
  capabilities: { causal: true },
  hyperparameters: MyModelHyperparameters,
})
export class MyModel implements Architecture<MyModelHyperparameters> {
  build({ width, hiddenSize }: MyModelHyperparameters, vocabularySize: number): SequenceModel {
    const sizes = { vocabularySize, width, outputWidth: hiddenSize };
    return languageModel(ParameterScope.root(), sizes, (scope) => layer(scope.child('cell'), width, hiddenSize));
  }
}

const plugin: Plugin = { name: 'my-model', version: '0.1.0', zoo: '^0.1.0', architectures: [MyModel] };
export default plugin;
