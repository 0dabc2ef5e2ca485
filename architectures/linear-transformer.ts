import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  causalMask, feedForward, linear, mergeHeads, mergeTokenHeads, MultipleOf, type ParameterScope, residualBlocks,
  type SequenceLayer, sinusoidal, splitHeads, splitTokenHeads, tokenwise,
} from './layers';

const positionKinds = ['none', 'sinusoidal'] as const;

export class LinearTransformerHyperparameters {
  @IsInt() @Min(1) @Max(64) layers = 2;
  @IsInt() @Min(1) @Max(4096) @MultipleOf('heads') width = 64;
  @IsInt() @Min(1) @Max(64) heads = 4;
  /** Hidden width of the feed-forward branch as a multiple of `width`. */
  @IsInt() @Min(1) @Max(16) feedForwardFactor = 4;
  @IsIn(positionKinds) positions: (typeof positionKinds)[number] = 'sinusoidal';

  static readonly tiny = { width: 8, heads: 2, feedForwardFactor: 2 };
}

/** phi(x) = elu(x) + 1, positive everywhere (equation 7). */
const featureMap = (x: Tensor4D) => tf.add(tf.elu(x), 1) as Tensor4D;

/**
 * Attention whose similarity is phi(q) . phi(k), so that the past fits into a matrix of constant size.
 * Parallel (equation 9):   o_t = sum_{s <= t} (phi(q_t) . phi(k_s)) v_s / sum_{s <= t} phi(q_t) . phi(k_s)
 * Recurrent (equations 18 to 20): S_t = S_{t-1} + phi(k_t) v_t^T,  z_t = z_{t-1} + phi(k_t),  o_t = phi(q_t) S_t / phi(q_t) . z_t
 */
function linearAttention(scope: ParameterScope, width: number, heads: number): SequenceLayer {
  const headWidth = width / heads;
  const project = linear(scope.child('queryKeyValue'), width, 3 * width);
  const output = linear(scope.child('output'), width, width);
  return {
    forward: (parameters, x) => {
      const [query, key, value] = tf
        .split(project(parameters, x), 3, 2)
        .map((part) => splitHeads(part as Tensor3D, heads)) as [Tensor4D, Tensor4D, Tensor4D];
      const similarity = tf.matMul(featureMap(query), featureMap(key), false, true); // [batch, heads, time, time]
      const weight = tf.mul(similarity, causalMask(x.shape[1]));
      const mixed = tf.div(tf.matMul(weight, value), tf.sum(weight, -1, true));
      return output(parameters, mergeHeads(mixed as Tensor4D));
    },
    initialState: (batch) => ({
      memory: tf.zeros([batch, heads, headWidth, headWidth]),
      normalizer: tf.zeros([batch, heads, headWidth, 1]),
    }),
    step: (parameters, state, x) => {
      const [query, key, value] = tf
        .split(project(parameters, x), 3, 1)
        .map((part) => splitTokenHeads(part as Tensor2D, heads)) as [Tensor4D, Tensor4D, Tensor4D];
      const [phiQuery, phiKey] = [featureMap(query), featureMap(key)]; // [batch, heads, 1, headWidth]
      const memory = tf.add(state.memory!, tf.matMul(phiKey, value, true)); // [batch, heads, headWidth, headWidth]
      const normalizer = tf.add(state.normalizer!, tf.transpose(phiKey, [0, 1, 3, 2]));
      const mixed = tf.div(tf.matMul(phiQuery, memory), tf.matMul(phiQuery, normalizer)) as Tensor4D;
      return { state: { memory, normalizer }, output: output(parameters, mergeTokenHeads(mixed)) };
    },
  };
}

@architecture({
  id: 'linear-transformer',
  version: 1,
  title: 'Linear Transformer',
  year: 2020,
  summary: 'Attention with feature map elu + 1 in place of softmax: a recurrent network with a matrix as its state.',
  reference: {
    authors: 'Katharopoulos et al. 2020',
    title: 'Transformers are RNNs: Fast Autoregressive Transformers with Linear Attention',
    identifier: '2006.16236',
  },
  capabilities: { causal: true, state: 'constant' },
  hyperparameters: LinearTransformerHyperparameters,
})
export class LinearTransformer implements Architecture<LinearTransformerHyperparameters> {
  build(hyperparameters: LinearTransformerHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor } = hyperparameters;
    const positions = hyperparameters.positions === 'sinusoidal' ? sinusoidal(width) : undefined;
    return residualBlocks(
      { vocabularySize, width, layers, positions },
      {
        attention: (scope) => linearAttention(scope, width, heads),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
