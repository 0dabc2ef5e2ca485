import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  chunkwiseGla,
  each,
  fromHeads,
  gatedUpdate,
  gatedFeedForward,
  HeadHyperparameters,
  initializers,
  linear,
  ParameterScope,
  recurrence,
  residualBlocks,
  rootMeanSquareNorm,
  type SequenceLayer,
  silu,
  toHeads,
  tokenwise,
  vecMat,
} from './layers';

/** Lowest forget gates of one layer: [width] */
type LowerBound = (parameters: Parameters) => Tensor;

/**
 * HGRN2 (Qin et al. 2024, section 3.2): gated linear attention whose decay is the forget gate f and whose key is 1 - f.
 * Per head:
 *   f_t = l + (1 - l) sigmoid(x_t W_f)                          l: lower bound of the layer
 *   S_t = diag(f_t) S_{t-1} + (1 - f_t)^T i_t
 *   o_t = norm(silu(x_t W_q) S_t) W_o
 */
function expandedState(scope: ParameterScope, width: number, heads: number, lowerBound: LowerBound): SequenceLayer {
  const headWidth = width / heads;
  const [query, forget, input, output] = each(['query', 'forget', 'input', 'output'], (name) =>
    linear(scope.child(name), width, width, { bias: false }),
  );
  const norm = rootMeanSquareNorm(scope.child('outputNorm'), width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const lowest = lowerBound(parameters);
      const kept = tf.add(lowest, tf.mul(tf.sub(1, lowest), tf.sigmoid(forget(parameters, x))));
      return [...each([silu(query(parameters, x)), kept, input(parameters, x)], (part) => toHeads(part, heads))];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }),
    update: (_, state, [q, kept, value]) => {
      const memory = gatedUpdate(state.memory, kept, tf.sub(1, kept), value);
      return { state: { memory }, output: vecMat(q, memory) };
    },
    parallel: (_, [query, kept, value]) => {
      const logDecay = tf.log(tf.maximum(kept, 1e-8)); // too small to matter, and the gradient stays finite
      return chunkwiseGla({ query, key: tf.sub(1, kept), value, logDecay });
    },
    output: (parameters, mixed, x) => output(parameters, norm(parameters, fromHeads(mixed, x))),
  });
}

@architecture({
  id: 'hgrn2',
  version: 1,
  title: 'HGRN2',
  year: 2024,
  summary:
    'A gated linear recurrence with a matrix as its state, in which forgetting makes room for exactly what is written.',
  reference: {
    authors: 'Qin et al. 2024',
    title: 'HGRN2: Gated Linear RNNs with State Expansion',
    identifier: '2404.07904',
  },
  capabilities: { causal: true },
  hyperparameters: HeadHyperparameters,
})
export class Hgrn2 implements Architecture<HeadHyperparameters> {
  build({ layers, width, heads, feedForwardFactor }: HeadHyperparameters, vocabularySize: number): SequenceModel {
    const scope = ParameterScope.root();
    // Lower bounds rise from layer to layer, so that upper layers remember longer: 0 in the first, then the running sum
    // of a softmax over the layers (Qin et al. 2023, section 3.2).
    const shares =
      layers > 1 && scope.declare('lowerBounds', [layers, width], initializers.zeros, { weightDecay: false });
    const lowerBound =
      (layer: number): LowerBound =>
      (parameters) => {
        if (!shares || layer === 0) return tf.zeros([width]);
        const given = tf.softmax(tf.transpose(shares(parameters))); // [width, layers]
        return tf.sum(tf.slice(given, [0, 1], [-1, layer]), 1);
      };
    return residualBlocks(
      { vocabularySize, width, layers, scope, norm: rootMeanSquareNorm },
      {
        recurrence: (inner, layer) => expandedState(inner, width, heads, lowerBound(layer)),
        feedForward: (inner) => tokenwise(gatedFeedForward(inner, width, feedForwardFactor * width)),
      },
    );
  }
}
