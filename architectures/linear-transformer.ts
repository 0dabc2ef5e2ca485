import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsIn } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  causalMask,
  each,
  feedForward,
  fromHeads,
  linear,
  HeadHyperparameters,
  outer,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  sinusoidal,
  split,
  timeInside,
  toHeads,
  tokenwise,
  vecMat,
} from './layers';

const positionKinds = ['none', 'sinusoidal'] as const;

export class LinearTransformerHyperparameters extends HeadHyperparameters {
  @IsIn(positionKinds) positions: (typeof positionKinds)[number] = 'sinusoidal';
}

/** phi(x) = elu(x) + 1, positive everywhere (equation 7). */
const featureMap = (x: Tensor) => tf.add(tf.elu(x), 1);

/**
 * Linear attention (Katharopoulos et al. 2020): the similarity is phi(q) . phi(k), so the past fits into a matrix of
 * constant size.
 * Parallel (equation 9):  o_t = sum_{s <= t} (phi(q_t) . phi(k_s)) v_s / sum_{s <= t} phi(q_t) . phi(k_s)
 * Recurrent (equations 18 to 20):
 *   S_t = S_{t-1} + phi(k_t) v_t^T
 *   z_t = z_{t-1} + phi(k_t)
 *   o_t = phi(q_t) S_t / (phi(q_t) . z_t)
 */
function linearAttention(scope: ParameterScope, width: number, heads: number): SequenceLayer {
  const headWidth = width / heads;
  const project = linear(scope.child('queryKeyValue'), width, 3 * width);
  const output = linear(scope.child('output'), width, width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const [query, key, value] = each(split(project(parameters, x), 3), (part) => toHeads(part, heads));
      return [featureMap(query), featureMap(key), value]; // [batch, (time,) heads, headWidth] each
    },
    initialState: (batch) => ({
      memory: tf.zeros([batch, heads, headWidth, headWidth]),
      normalizer: tf.zeros([batch, heads, headWidth]),
    }),
    update: (_, state, [query, key, value]) => {
      const memory = tf.add(state.memory, outer(key, value)); // [batch, heads, headWidth, headWidth]
      const normalizer = tf.add(state.normalizer, key);
      const mixed = tf.div(vecMat(query, memory), tf.sum(tf.mul(query, normalizer), -1, true));
      return { state: { memory, normalizer }, output: mixed };
    },
    parallel: (_, inputs) => {
      const [query, key, value] = each(inputs, timeInside);
      const similarity = tf.matMul(query, key, false, true); // [batch, heads, time, time]
      const weight = tf.mul(similarity, causalMask(query.shape[2]!));
      return timeInside(tf.div(tf.matMul(weight, value), tf.sum(weight, -1, true)));
    },
    output: (parameters, mixed, x) => output(parameters, fromHeads(mixed, x)),
  });
}

@architecture({
  id: 'linear-transformer',
  otherNames: [{ name: 'linear attention', source: 'Katharopoulos et al. 2020' }],
  version: 1,
  title: 'Linear Transformer',
  year: 2020,
  summary: 'Attention with feature map elu + 1 in place of softmax: a recurrent network with a matrix as its state.',
  reference: {
    authors: 'Katharopoulos et al. 2020',
    title: 'Transformers are RNNs: Fast Autoregressive Transformers with Linear Attention',
    identifier: '2006.16236',
  },
  capabilities: { causal: true },
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
