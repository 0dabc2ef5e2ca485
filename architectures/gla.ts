import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  chunkwiseGla,
  each,
  fromHeads,
  gatedUpdate,
  gatedFeedForward,
  HeadHyperparameters,
  headNorm,
  linear,
  logSigmoid,
  type ParameterScope,
  recurrence,
  residualBlocks,
  rootMeanSquareNorm,
  type SequenceLayer,
  silu,
  toHeads,
  tokenwise,
  vecMat,
} from './layers';

const gateRank = 16;
/** The decay is the 16th root of a sigmoid, so that it starts near 1 and the memory forgets slowly. */
const temperature = 16;

/**
 * Gated linear attention (Yang et al. 2024, section 4). Keys are half as wide as values. Per head:
 *   alpha_t = sigmoid(x_t W_1 W_2 + b)^(1/16)                  one decay per key channel, a function of the token
 *   S_t = diag(alpha_t) S_{t-1} + k_t^T v_t                    (equation 3)
 *   o_t = (silu(x_t W_r) * norm(q_t S_t)) W_o
 */
function gatedLinearAttention(scope: ParameterScope, width: number, heads: number): SequenceLayer {
  const headWidth = width / heads;
  const keyWidth = Math.ceil(headWidth / 2);
  const plain = (name: string, inputs: number, outputs: number) =>
    linear(scope.child(name), inputs, outputs, { bias: false });
  const [query, key] = each(['query', 'key'], (name) => plain(name, width, heads * keyWidth));
  const value = plain('value', width, width);
  const squeeze = plain('decay.squeeze', width, gateRank);
  const spread = linear(scope.child('decay.spread'), gateRank, heads * keyWidth);
  const norm = headNorm(scope.child('headNorm'), headWidth);
  const gate = plain('gate', width, width);
  const output = plain('output', width, width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const scaled = tf.mul(query(parameters, x), keyWidth ** -0.5);
      const logDecay = tf.div(logSigmoid(spread(parameters, squeeze(parameters, x))), temperature);
      return [...each([scaled, key(parameters, x), value(parameters, x), logDecay], (part) => toHeads(part, heads))];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, keyWidth, headWidth]) }),
    update: (_, state, [q, k, v, logDecay]) => {
      const memory = gatedUpdate(state.memory, tf.exp(logDecay), k, v);
      return { state: { memory }, output: vecMat(q, memory) };
    },
    parallel: (_, [query, key, value, logDecay]) => chunkwiseGla({ query, key, value, logDecay }),
    output: (parameters, mixed, x) =>
      output(parameters, tf.mul(silu(gate(parameters, x)), fromHeads(norm(parameters, mixed), x))),
  });
}

@architecture({
  id: 'gla',
  otherNames: [{ name: 'gated linear attention', source: 'Yang et al. 2024' }],
  version: 1,
  title: 'GLA',
  year: 2024,
  summary: 'Linear attention whose memory fades per key channel, at rates that the token decides.',
  reference: {
    authors: 'Yang et al. 2024',
    title: 'Gated Linear Attention Transformers with Hardware-Efficient Training',
    identifier: '2312.06635',
  },
  capabilities: { causal: true },
  theory: { counts: true },
  hyperparameters: HeadHyperparameters,
})
export class Gla implements Architecture<HeadHyperparameters> {
  build({ layers, width, heads, feedForwardFactor }: HeadHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      {
        attention: (scope) => gatedLinearAttention(scope, width, heads),
        feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
