import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Plugin, type SequenceModel } from 'chomsky-zoo';
import { initializers, languageModel, linear, ParameterScope, scan, type SequenceLayer } from 'chomsky-zoo/layers';
import { IsInt, Max, Min } from 'class-validator';

export class GruHyperparameters {
  @IsInt() @Min(1) @Max(4096) embeddingWidth = 32;
  @IsInt() @Min(1) @Max(4096) hiddenSize = 64;

  /** How the conformance checks build it small. */
  static readonly tiny = { embeddingWidth: 6, hiddenSize: 8 };
  /** What `--match parameters=64k` solves for. */
  static readonly scale = 'hiddenSize';
}

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

  const update = (input: Tensor, recurrent: Tensor, hidden: Tensor): Tensor => {
    const [inputReset, inputUpdate, inputNew] = tf.split(input, 3, 1) as Tensor[]; // [batch, hiddenSize] each
    const [hiddenReset, hiddenUpdate, hiddenNew] = tf.split(recurrent, 3, 1) as Tensor[];
    const reset = tf.sigmoid(tf.add(inputReset!, hiddenReset!));
    const keep = tf.sigmoid(tf.add(inputUpdate!, hiddenUpdate!));
    const candidate = tf.tanh(tf.add(inputNew!, tf.mul(reset, hiddenNew!)));
    return tf.add(candidate, tf.mul(keep, tf.sub(hidden, candidate)));
  };
  return {
    forward: (parameters, x) =>
      scan(
        (hidden: Tensor, [input]) => {
          const next = update(input!, fromHidden(parameters, hidden), hidden);
          return { state: next, output: next };
        },
        tf.zeros([x.shape[0], hiddenSize]),
        [fromInput(parameters, x)], // the products with the input, for all times at once
      ),
    initialState: (batch) => ({ hidden: tf.zeros([batch, hiddenSize]) }),
    step: (parameters, state, x) => {
      const hidden = state.hidden!;
      const next = update(fromInput(parameters, x), fromHidden(parameters, hidden), hidden);
      return { state: { hidden: next }, output: next };
    },
  };
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
  hyperparameters: GruHyperparameters,
})
export class Gru implements Architecture<GruHyperparameters> {
  build({ embeddingWidth, hiddenSize }: GruHyperparameters, vocabularySize: number): SequenceModel {
    return languageModel(
      ParameterScope.root(),
      { vocabularySize, width: embeddingWidth, outputWidth: hiddenSize },
      (scope) => gruLayer(scope.child('gru'), embeddingWidth, hiddenSize),
    );
  }
}

const plugin: Plugin = {
  name: 'chomsky-zoo-plugin-gru',
  version: '0.1.0',
  zoo: '^0.1.0',
  namespace: 'example', // the row is called example/gru, and never clashes with a built-in one
  architectures: [Gru],
};
export default plugin;
