import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { architecture, type Architecture, type Parameters, type Plugin, type SequenceModel } from 'chomsky-zoo';
import {
  gatedFeedForward,
  HeadHyperparameters,
  initializers,
  linear,
  type ParameterScope,
  residualBlocks,
  rootMeanSquareNorm,
  scan,
  type SequenceLayer,
  tokenwise,
} from 'chomsky-zoo/layers';

export interface TttSizes {
  readonly width: number;
  readonly heads: number;
}

/** Added to the variance of the inner layer norm, as in the published code. */
export const epsilon = 1e-6;

/**
 * The state is a model that learns while it reads (Sun et al. 2024, sections 2.1 to 2.7). With inner model, loss and rate
 *   f(x; W) = x + LN(x W),  LN(z) = gain (z - mean) / deviation + bias
 *   l(W; x_t) = |f(k_t; W) - v_t|^2 / 2,  k_t = x_t W_K,  v_t = x_t W_V,  q_t = x_t W_Q
 *   eta_t = sigmoid(x_t w + c) / d
 * every token takes one step of gradient descent and is answered by the model after it:
 *   W_t = W_{t-1} - eta_t dl/dW(W_{t-1}; x_t)
 *   z_t = f(q_t; W_t)
 */
export function tttLinear(scope: ParameterScope, { width, heads }: TttSizes): SequenceLayer {
  const d = width / heads;
  const projections = linear(scope.child('projections'), width, 3 * width, { bias: false });
  const rates = linear(scope.child('rates'), width, heads);
  const output = linear(scope.child('output'), width, width, { bias: false });
  const initial = scope.declare('initial', [heads, d, d], initializers.normal(0.02), { weightDecay: false });
  const gain = scope.declare('gain', [heads, d], initializers.ones, { weightDecay: false });
  const bias = scope.declare('bias', [heads, d], initializers.zeros, { weightDecay: false });

  /** x [..., width] -> k, v, q [..., heads, d] and eta [..., heads, 1] */
  const seen = (parameters: Parameters, x: Tensor): Tensor[] => {
    const leading = x.shape.slice(0, -1);
    const parts = tf.split(projections(parameters, x), 3, -1);
    const inHeads = parts.map((part) => tf.reshape(part, [...leading, heads, d]));
    const eta = tf.div(tf.sigmoid(rates(parameters, x)), d);
    return [...inHeads, tf.expandDims(eta, -1)];
  };

  /** Row vectors times the matrices of their heads: [batch, heads, d] x [batch, heads, d, d] -> [batch, heads, d] */
  const applied = (x: Tensor, w: Tensor): Tensor => tf.squeeze(tf.matMul(tf.expandDims(x, 2), w), [2]);

  /** z [batch, heads, d] standardized along d, and its deviation [batch, heads, 1] */
  const standardized = (z: Tensor): { readonly normal: Tensor; readonly deviation: Tensor } => {
    const centred = tf.sub(z, tf.mean(z, -1, true));
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    return { normal: tf.div(centred, deviation), deviation };
  };

  /** dl/dz for z = k W: the gradient of half the squared error through the layer norm, in closed form. */
  const innerGradient = (parameters: Parameters, k: Tensor, v: Tensor, w: Tensor): Tensor => {
    const { normal, deviation } = standardized(applied(k, w));
    const error = tf.sub(tf.add(tf.add(tf.mul(normal, gain(parameters)), bias(parameters)), k), v);
    const upstream = tf.mul(error, gain(parameters));
    const along = tf.mul(normal, tf.mean(tf.mul(upstream, normal), -1, true));
    return tf.div(tf.sub(tf.sub(upstream, tf.mean(upstream, -1, true)), along), deviation);
  };

  /** `learnt` is W_{t-1} - W_0, so that the state starts at zero whatever W_0 has become: [batch, heads, d, d] */
  const update = (parameters: Parameters, learnt: Tensor, [k, v, q, eta]: readonly Tensor[]) => {
    const w0 = initial(parameters);
    const gradient = innerGradient(parameters, k!, v!, tf.add(learnt, w0));
    const step = tf.matMul(tf.expandDims(tf.mul(k!, eta!), 3), tf.expandDims(gradient, 2)); // eta k^T dl/dz
    const next = tf.sub(learnt, step);
    const { normal } = standardized(applied(q!, tf.add(next, w0)));
    return { next, z: tf.add(q!, tf.add(tf.mul(normal, gain(parameters)), bias(parameters))) };
  };
  const readOut = (parameters: Parameters, z: Tensor) =>
    output(parameters, tf.reshape(z, [...z.shape.slice(0, -2), width]));

  return {
    forward: (parameters, x) => {
      const z = scan(
        (learnt: Tensor, inputs) => {
          const { next, z: answer } = update(parameters, learnt, inputs);
          return { state: next, output: answer };
        },
        tf.zeros([x.shape[0]!, heads, d, d]),
        seen(parameters, x),
      );
      return readOut(parameters, z);
    },
    initialState: (batch) => ({ learnt: tf.zeros([batch, heads, d, d]) }),
    step: (parameters, state, x) => {
      const { next, z } = update(parameters, state.learnt!, seen(parameters, x));
      return { state: { learnt: next }, output: readOut(parameters, z) };
    },
  };
}

export class TttHyperparameters extends HeadHyperparameters {
  override width = 32;
}

@architecture({
  id: 'ttt-linear',
  version: 1,
  title: 'TTT-Linear',
  year: 2024,
  summary: 'A state that is a linear model, trained by a step of gradient descent on every token it reads.',
  reference: {
    authors: 'Sun et al. 2024',
    title: 'Learning to (Learn at Test Time): RNNs with Expressive Hidden States',
    identifier: '2407.04620',
    place: 'sections 2.1 to 2.7',
  },
  capabilities: { causal: true },
  hyperparameters: TttHyperparameters,
})
export class TttLinear implements Architecture<TttHyperparameters> {
  build({ layers, width, heads, feedForwardFactor }: TttHyperparameters, vocabularySize: number): SequenceModel {
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      {
        ttt: (scope) => tttLinear(scope, { width, heads }),
        feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}

const plugin: Plugin = { name: 'zoo-ttt-linear', version: '0.1.0', zoo: '^0.1.0', architectures: [TttLinear] };
export default plugin;
