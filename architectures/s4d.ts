import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Parameters, type SequenceModel } from '../registry';
import {
  convolve,
  each,
  feedForward,
  initializers,
  linear,
  type ParameterScope,
  range,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  toeplitz,
  tokenwise,
  WideningHyperparameters,
} from './layers';

export class S4dHyperparameters extends WideningHyperparameters {
  /** Complex state numbers per channel. */
  @IsInt() @Min(1) @Max(256) stateSize = 16;

  static override readonly tiny = { width: 8, feedForwardFactor: 2, stateSize: 3 };
}

/** Complex numbers as pairs of real tensors. */
interface Complex {
  readonly re: Tensor;
  readonly im: Tensor;
}

/** The system of one layer after discretisation, [width, stateSize] each. */
interface Discrete {
  /** D A, by which one step multiplies in the exponent. */
  readonly exponent: Complex;
  /** exp(D A) */
  readonly transition: Complex;
  /** 2 C (exp(D A) - 1) / A */
  readonly readOut: Complex;
}

/**
 * S4D (Gu et al. 2022, sections 3 and 4): per channel a diagonal complex system with fixed A, zero-order hold, B = 1:
 *   h_t = exp(D A) h_{t-1} + x_t,  y_t = Re(2 C (exp(D A) - 1) / A h_t) + skip x_t
 * In parallel y is the convolution of x with the kernel K_l = Re(2 C (exp(D A) - 1) / A exp(l D A)).
 */
function diagonalStateSpace(scope: ParameterScope, { width, stateSize }: S4dHyperparameters): SequenceLayer {
  const shape = [width, stateSize];
  const { constant, normal, ones, perChannel, uniform } = initializers;
  const plain = { weightDecay: false };
  const logStep = scope.declare('logStep', [width, 1], uniform(Math.log(1e-3), Math.log(1e-1)), plain);
  // S4D-Lin: A_n = -1/2 + i pi n
  const logRealA = scope.declare('logRealA', shape, constant(Math.log(0.5)), plain);
  const imaginaryA = scope.declare(
    'imaginaryA',
    shape,
    perChannel((n) => Math.PI * n),
    plain,
  );
  const c = {
    re: scope.declare('c.re', shape, normal(Math.SQRT1_2)),
    im: scope.declare('c.im', shape, normal(Math.SQRT1_2)),
  };
  const skip = scope.declare('skip', [width], ones);
  const value = linear(scope.child('value'), width, width);
  const gate = linear(scope.child('gate'), width, width);

  const discretise = (parameters: Parameters): Discrete => {
    const step = tf.exp(logStep(parameters));
    const a = { re: tf.neg(tf.exp(logRealA(parameters))), im: imaginaryA(parameters) };
    const exponent = { re: tf.mul(step, a.re), im: tf.mul(step, a.im) };
    const size = tf.exp(exponent.re);
    const transition = { re: tf.mul(size, tf.cos(exponent.im)), im: tf.mul(size, tf.sin(exponent.im)) };
    const numerator = product(
      { re: c.re(parameters), im: c.im(parameters) },
      { re: tf.sub(transition.re, 1), im: transition.im },
    );
    const half = tf.mul(0.5, tf.add(tf.square(a.re), tf.square(a.im))); // x / a = x conj(a) / |a|^2
    const quotient = product(numerator, { re: a.re, im: tf.neg(a.im) });
    return { exponent, transition, readOut: { re: tf.div(quotient.re, half), im: tf.div(quotient.im, half) } };
  };
  return recurrence({
    inputs: (_, { x }) => [x],
    initialState: (batch) => ({ re: tf.zeros([batch, ...shape]), im: tf.zeros([batch, ...shape]) }),
    update: (parameters, state, [x]) => {
      const { transition, readOut } = discretise(parameters);
      const turned = product(transition, state);
      const next = { re: tf.add(turned.re, tf.expandDims(x, 2)), im: turned.im };
      const y = tf.sum(tf.sub(tf.mul(readOut.re, next.re), tf.mul(readOut.im, next.im)), 2);
      return { state: next, output: tf.add(y, tf.mul(skip(parameters), x)) };
    },
    parallel: (parameters, [x]) => {
      const { exponent, readOut } = discretise(parameters);
      const lag = tf.reshape(range(x.shape[1]!), [1, 1, -1]);
      const [size, angle] = each([exponent.re, exponent.im], (part) => tf.mul(tf.expandDims(part, 2), lag));
      const wave = tf.sub(
        tf.mul(tf.expandDims(readOut.re, 2), tf.cos(angle)),
        tf.mul(tf.expandDims(readOut.im, 2), tf.sin(angle)),
      ); // [width, stateSize, time]
      const kernel = tf.sum(tf.mul(tf.exp(size), wave), 1);
      return tf.add(convolve(toeplitz(kernel), x), tf.mul(skip(parameters), x));
    },
    output: (parameters, y) => {
      const active = tf.relu(y);
      return tf.mul(value(parameters, active), tf.sigmoid(gate(parameters, active)));
    },
  });
}

const product = (a: Complex, b: Complex): Complex => ({
  re: tf.sub(tf.mul(a.re, b.re), tf.mul(a.im, b.im)),
  im: tf.add(tf.mul(a.re, b.im), tf.mul(a.im, b.re)),
});

@architecture({
  id: 's4d',
  version: 1,
  title: 'S4D',
  year: 2022,
  summary: 'A complex diagonal state space that is the same for every token: a bank of filters.',
  reference: {
    authors: 'Gu et al. 2022',
    title: 'On the Parameterization and Initialization of Diagonal State Space Models',
    identifier: '2206.11893',
  },
  capabilities: { causal: true },
  theory: { realEigenvalues: false },
  hyperparameters: S4dHyperparameters,
})
export class S4d implements Architecture<S4dHyperparameters> {
  build(hyperparameters: S4dHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        stateSpace: (scope) => diagonalStateSpace(scope, hyperparameters),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
