import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  chunkwiseDiagonalRecurrence,
  each,
  feedForward,
  initializers,
  linear,
  type ParameterScope,
  range,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  split,
  tokenwise,
  WideningHyperparameters,
} from './layers';

export class LruHyperparameters extends WideningHyperparameters {
  /** Complex state numbers. */
  @IsInt() @Min(1) @Max(4096) stateSize = 64;

  static override readonly tiny = { width: 8, feedForwardFactor: 2, stateSize: 6 };
}

/** Eigenvalues start in the ring between these radii, evenly over its area, at any angle. */
const [innerRadius, outerRadius] = [0.5, 0.99];

/**
 * Linear recurrent unit (Orvieto et al. 2023, section 3), complex and diagonal, the same for every token:
 *   h_t = lambda * h_{t-1} + gamma * (x_t B),  lambda = exp(-exp(nu) + i exp(theta))
 *   y_t = Re(h_t C) + skip * x_t
 * gamma starts at sqrt(1 - |lambda|^2), which keeps the size of h whatever the radius.
 */
function linearRecurrentUnit(scope: ParameterScope, { width, stateSize }: LruHyperparameters): SequenceLayer {
  const { fanIn, ones, uniform } = initializers;
  const plain = { weightDecay: false };
  // |lambda|^2 = exp(-2 exp(nu)) uniform between the squared radii
  const nu = scope.declare(
    'nu',
    [stateSize],
    (rng, shape) =>
      uniform(innerRadius ** 2, outerRadius ** 2)(rng, shape).map((squared) => Math.log(-0.5 * Math.log(squared))),
    plain,
  );
  const theta = scope.declare(
    'theta',
    [stateSize],
    (rng, shape) => uniform(1e-3, Math.PI)(rng, shape).map(Math.log),
    plain,
  );
  const logGamma = scope.declare('logGamma', [stateSize], initializers.constant(-0.5), plain);
  // Real and imaginary parts side by side
  const intoState = linear(scope.child('input'), width, 2 * stateSize, {
    bias: false,
    initializer: fanIn(Math.SQRT1_2),
  });
  const outOfState = linear(scope.child('output'), 2 * stateSize, width, { bias: false });
  const skip = scope.declare('skip', [width], ones);
  const value = linear(scope.child('value'), width, width);
  const gate = linear(scope.child('gate'), width, width);

  /** lambda^lag: lag scalar or [1, time], rates [stateSize] or [stateSize, 1] */
  const powers = (parameters: Parameters, lag: Tensor | number, column: boolean) => {
    const [rate, angle] = each([nu, theta], (log) =>
      column ? tf.expandDims(tf.exp(log(parameters)), 1) : tf.exp(log(parameters)),
    );
    const modulus = tf.exp(tf.neg(tf.mul(rate, lag)));
    const phase = tf.mul(angle, lag);
    return { re: tf.mul(modulus, tf.cos(phase)), im: tf.mul(modulus, tf.sin(phase)) };
  };
  return recurrence({
    inputs: (parameters, { x }) => {
      const [re, im] = split(intoState(parameters, x), 2);
      const gamma = tf.exp(logGamma(parameters));
      return [tf.mul(re, gamma), tf.mul(im, gamma)];
    },
    initialState: (batch) => ({ re: tf.zeros([batch, stateSize]), im: tf.zeros([batch, stateSize]) }),
    update: (parameters, state, [inRe, inIm]) => {
      const lambda = powers(parameters, 1, false);
      const re = tf.add(tf.sub(tf.mul(lambda.re, state.re), tf.mul(lambda.im, state.im)), inRe);
      const im = tf.add(tf.add(tf.mul(lambda.re, state.im), tf.mul(lambda.im, state.re)), inIm);
      return { state: { re, im }, output: tf.concat([re, im], 1) };
    },
    parallel: (parameters, [re, im]) =>
      chunkwiseDiagonalRecurrence({ re, im }, (count) =>
        powers(parameters, tf.reshape(range(count + 1), [1, -1]), true),
      ),
    output: (parameters, hidden, x) => {
      const y = tf.relu(tf.add(outOfState(parameters, hidden), tf.mul(skip(parameters), x)));
      return tf.mul(value(parameters, y), tf.sigmoid(gate(parameters, y)));
    },
  });
}

@architecture({
  id: 'lru',
  version: 1,
  title: 'LRU',
  year: 2023,
  summary:
    'A complex diagonal linear recurrence whose eigenvalues lie anywhere in the unit circle, the same for every token.',
  reference: {
    authors: 'Orvieto et al. 2023',
    title: 'Resurrecting Recurrent Neural Networks for Long Sequences',
    identifier: '2303.06349',
    place: 'section 3',
  },
  capabilities: { causal: true },
  theory: { realEigenvalues: false },
  hyperparameters: LruHyperparameters,
})
export class Lru implements Architecture<LruHyperparameters> {
  build(hyperparameters: LruHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        recurrence: (scope) => linearRecurrentUnit(scope, hyperparameters),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
