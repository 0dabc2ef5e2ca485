import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  fromHeads,
  gatedFeedForward,
  groupNorm,
  HeadHyperparameters,
  initializers,
  linear,
  logSigmoid,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  split,
  toHeads,
  tokenwise,
} from './layers';
import { beck2024 } from './layers/references';

/** Where a block stands in a stack: 0 for the first, 1 for the last. */
export const depthOf = (layer: number, layers: number) => layer / Math.max(1, layers - 1);

/** Below every logarithm of a gate, and finite. */
export const nothingYet = -1e30;

/**
 * sLSTM (Beck et al. 2024, equations 8 to 17), with gates that see the output h of their own head:
 *   [z, i, f, o] = x_t W + h_{t-1} R + b                      R: one block per head
 *   c_t = sigmoid(f) c_{t-1} + exp(i) tanh(z)
 *   n_t = sigmoid(f) n_{t-1} + exp(i)
 *   h_t = sigmoid(o) c_t / n_t
 * c and n are kept divided by exp(m), m_t = max(log sigmoid(f) + m_{t-1}, i), so that no exponential overflows. `depth` is
 * where the block stands, 0 for the first and 1 for the last.
 */
export function scalarMemory(
  scope: ParameterScope,
  { width, heads }: Pick<HeadHyperparameters, 'width' | 'heads'>,
  depth: number,
): SequenceLayer {
  const headWidth = width / heads;
  const { blocks, perChannel, zeros } = initializers;
  // For every head z, i, f, o. As in the reference, forget gates start from 5 (keep) to -7 (forget) by a power law over the
  // channels of a head, with more of them open in later blocks, and nothing is fed back at first.
  const forgetBias = perChannel(
    (channel, channels) => 5 - 12 * (channel / Math.max(1, channels - 1)) ** (0.3 + 1.3 * depth),
  );
  const headBias = [
    [2 * headWidth, zeros],
    [headWidth, forgetBias],
    [headWidth, zeros],
  ] as const;
  const biasInitializer = blocks(...Array.from({ length: heads }, () => headBias).flat());
  const fromInput = linear(scope.child('input'), width, 4 * width, { biasInitializer });
  const recurrentWeight = scope.declare('recurrent', [heads, headWidth, 4 * headWidth], zeros);
  const norm = groupNorm(scope.child('headNorm'), heads, headWidth, { bias: false });

  /** [batch, heads, headWidth] -> [batch, heads, 4 headWidth] */
  const fromHidden = (hidden: Tensor, weight: Tensor) =>
    tf.transpose(tf.matMul(tf.transpose(hidden, [1, 0, 2]), weight), [1, 0, 2]);
  return recurrence({
    inputs: (parameters, { x }) => [toHeads(fromInput(parameters, x), heads)],
    initialState: (batch) => ({
      hidden: tf.zeros([batch, heads, headWidth]),
      cell: tf.zeros([batch, heads, headWidth]),
      normalizer: tf.zeros([batch, heads, headWidth]),
      largest: tf.fill([batch, heads, headWidth], nothingYet),
    }),
    update: (parameters, state, [fromX]) => {
      const gates = tf.add(fromX, fromHidden(state.hidden, recurrentWeight(parameters)));
      const [z, i, f, o] = split(gates, 4, 2);
      const decayed = tf.add(logSigmoid(f), state.largest);
      const largest = tf.maximum(decayed, i); // m_t
      const [keep, add] = [tf.exp(tf.sub(decayed, largest)), tf.exp(tf.sub(i, largest))];
      const cell = tf.add(tf.mul(keep, state.cell), tf.mul(add, tf.tanh(z)));
      const normalizer = tf.add(tf.mul(keep, state.normalizer), add);
      const hidden = tf.mul(tf.sigmoid(o), tf.div(cell, normalizer));
      return { state: { hidden, cell, normalizer, largest }, output: hidden };
    },
    output: (parameters, hidden, x) => fromHeads(norm(parameters, hidden), x),
  });
}

@architecture({
  id: 'slstm',
  otherNames: [{ name: 'xLSTM[0:1]', source: 'xLSTM (Beck et al. 2024)' }],
  version: 2,
  title: 'sLSTM',
  year: 2024,
  summary: 'An LSTM with exponential input gates and a normalised cell, whose gates see the previous output.',
  reference: beck2024(),
  capabilities: { causal: true },
  hyperparameters: HeadHyperparameters,
})
export class SLstm implements Architecture<HeadHyperparameters> {
  build({ layers, width, heads, feedForwardFactor }: HeadHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        memory: (scope, layer) => scalarMemory(scope, { width, heads }, depthOf(layer, layers)),
        feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
