import * as tf from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  chunkwiseScalarGla,
  each,
  feedForward,
  fromHeads,
  gatedUpdate,
  HeadHyperparameters,
  linear,
  type ParameterScope,
  recurrence,
  residualBlocks,
  rootMeanSquare,
  rotateHeads,
  type SequenceLayer,
  shapeOf,
  silu,
  split,
  toHeads,
  tokenwise,
  vecMat,
} from './layers';

/** gamma_h = 1 - 2^(-5-h): the first head forgets within 32 tokens, every next one half as fast (equation 8). */
const decays = (heads: number) => Float32Array.from({ length: heads }, (_, h) => 1 - 2 ** (-5 - h));

/**
 * Multi-scale retention (Sun et al. 2023). Queries and keys are rotated by their position. Per head:
 *   recurrent (equation 6):  S_t = gamma S_{t-1} + k_t^T v_t,  o_t = q_t S_t
 *   parallel  (equation 5):  O = (Q K^T * D) V,  D_ts = gamma^(t-s) for s <= t
 * Heads are normalised one by one and gated: (silu(x W_g) * norm(o)) W_o (equation 8).
 */
function retention(scope: ParameterScope, width: number, heads: number): SequenceLayer {
  const [headWidth, gamma] = [width / heads, decays(heads)];
  const project = linear(scope.child('queryKeyValue'), width, 3 * width, { bias: false });
  const gate = linear(scope.child('gate'), width, width, { bias: false });
  const output = linear(scope.child('output'), width, width, { bias: false });
  return recurrence({
    inputs: (parameters, { x, positions }) => {
      const [query, key, value] = each(split(project(parameters, x), 3), (part) => toHeads(part, heads));
      return [rotateHeads(query, positions), tf.mul(rotateHeads(key, positions), 1 / Math.sqrt(headWidth)), value];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }),
    update: (_, state, [query, key, value]) => {
      const memory = gatedUpdate(state.memory, tf.tensor3d(gamma, [1, heads, 1]), key, value);
      return { state: { memory }, output: vecMat(query, memory) };
    },
    parallel: (_, [query, key, value]) => {
      const [batch, time] = shapeOf(query);
      const logDecay = tf.tile(tf.tensor3d(gamma.map(Math.log), [1, 1, heads]), [batch, time, 1]);
      return chunkwiseScalarGla(query, key, value, logDecay);
    },
    output: (parameters, retained, x) =>
      output(parameters, tf.mul(silu(gate(parameters, x)), fromHeads(rootMeanSquare(retained), x))),
  });
}

@architecture({
  id: 'retnet',
  version: 1,
  title: 'RetNet',
  year: 2023,
  summary: 'Linear attention whose memory fades at a fixed rate per head.',
  reference: {
    authors: 'Sun et al. 2023',
    title: 'Retentive Network: A Successor to Transformer for Large Language Models',
    identifier: '2307.08621',
  },
  capabilities: { causal: true },
  theory: { positions: 'rotary', realEigenvalues: false, leastEigenvalue: null },
  hyperparameters: HeadHyperparameters,
})
export class RetNet implements Architecture<HeadHyperparameters> {
  build({ layers, width, heads, feedForwardFactor }: HeadHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        retention: (scope) => retention(scope, width, heads),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
