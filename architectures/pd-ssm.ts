import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type Initializer, type SequenceModel } from '../registry';
import {
  feedForward,
  initializers,
  linear,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  split,
  tokenwise,
  WideningHyperparameters,
  withGradient,
} from './layers';

export class PdSsmHyperparameters extends WideningHyperparameters {
  /** Complex state numbers. */
  @IsInt() @Min(2) @Max(512) stateSize = 24;
  /** Matrices from which the token mixes where every state number goes. */
  @IsInt() @Min(1) @Max(64) dictionarySize = 6;

  static override readonly tiny = { width: 8, feedForwardFactor: 2, stateSize: 4, dictionarySize: 3 };
}

/** The straight-through estimator: 1 at the largest entry of the last dimension, else 0, with the gradient of the identity. */
const straightThrough = withGradient(
  (x: Tensor) => ({ value: tf.cast(tf.oneHot(tf.argMax(x, -1), x.shape.at(-1)!), 'float32'), kept: {} }),
  (gradient) => [gradient],
);

/** Hardmax of every column: scores [count, rows, columns] -> the same. The gradient is that of a softmax. */
const hardColumns = (scores: Tensor): Tensor =>
  tf.transpose(straightThrough(tf.softmax(tf.transpose(scores, [0, 2, 1]))), [0, 2, 1]);

/**
 * Scores of permutations, each blurred a little: [dictionarySize, n n]. Arbitrary one-hot columns would send several
 * state numbers to one place, and after a few tokens nothing of the first state would be left to learn from.
 */
const permutations =
  (n: number): Initializer =>
  (rng, shape) => {
    const scores = initializers.normal(0.3)(rng.split('blur'), shape);
    for (let k = 0; k < shape[0]!; k++) {
      const rows = rng.split(k).shuffle(Array.from({ length: n }, (_, row) => row));
      rows.forEach((row, column) => (scores[(k * n + row) * n + column]! += 1));
    }
    return scores;
  };

/**
 * PD-SSM (Terzic et al. 2025). The transition of a token is P D: a column-one-hot matrix times a complex diagonal one.
 *   P_t = hardmax per column of sum_k softmax(x_t W_s)_k M_k        one 1 in every column
 *   D_t = sigmoid(x_t W_r + b_r) * exp(2 pi i sigmoid(x_t W_a + b_a))
 *   h_t = P_t (D_t * h_{t-1}) + x_t B,  h_0 = (1, 0, ..., 0)
 *   y_t = Re(h_t C)
 */
function permutingStateSpace(
  scope: ParameterScope,
  { width, stateSize, dictionarySize }: PdSsmHyperparameters,
): SequenceLayer {
  const n = stateSize;
  const select = linear(scope.child('select'), width, dictionarySize, { bias: false });
  const dictionary = scope.declare('dictionary', [dictionarySize, n * n], permutations(n));
  const radius = linear(scope.child('radius'), width, n, { biasInitializer: initializers.constant(4) }); // near 1
  const angle = linear(scope.child('angle'), width, n);
  const intoState = linear(scope.child('input'), width, 2 * n, { bias: false });
  const outOfState = linear(scope.child('output'), 2 * n, width);
  return recurrence({
    inputs: (parameters, { x }) => {
      const leading = x.shape.slice(0, -1);
      const shares = tf.reshape(tf.softmax(select(parameters, x)), [-1, dictionarySize]);
      const scores = tf.reshape(tf.matMul(shares, dictionary(parameters)), [-1, n, n]);
      const places = tf.reshape(hardColumns(scores), [...leading, n, n]);
      const modulus = tf.sigmoid(radius(parameters, x));
      const phase = tf.mul(2 * Math.PI, tf.sigmoid(angle(parameters, x)));
      const [inRe, inIm] = split(intoState(parameters, x), 2);
      return [places, tf.mul(modulus, tf.cos(phase)), tf.mul(modulus, tf.sin(phase)), inRe, inIm];
    },
    initialState: (batch) => ({
      re: tf.cast(tf.oneHot(tf.zeros([batch], 'int32'), n), 'float32'),
      im: tf.zeros([batch, n]),
    }),
    update: (_, state, [places, re, im, inRe, inIm]) => {
      const turnedRe = tf.sub(tf.mul(re, state.re), tf.mul(im, state.im));
      const turnedIm = tf.add(tf.mul(re, state.im), tf.mul(im, state.re));
      const moved = tf.matMul(places, tf.stack([turnedRe, turnedIm], 2)); // [batch, stateSize, 2]
      const [movedRe, movedIm] = tf.unstack(moved, 2);
      const next = { re: tf.add(movedRe!, inRe), im: tf.add(movedIm!, inIm) };
      return { state: next, output: tf.concat([next.re, next.im], 1) };
    },
    output: (parameters, hidden) => outOfState(parameters, hidden),
  });
}

@architecture({
  id: 'pd-ssm',
  version: 2,
  title: 'PD-SSM',
  year: 2025,
  summary:
    'A linear recurrence whose transitions are a column-one-hot matrix times a complex diagonal one, both chosen by the token.',
  reference: {
    authors: 'Terzic et al. 2025',
    title: 'Structured Sparse Transition Matrices to Enable State Tracking in State-Space Models',
    identifier: '2509.22284',
  },
  capabilities: { causal: true },
  theory: ({ stateSize }) => ({
    transitionForm: 'permutation-diagonal',
    realEigenvalues: false,
    headWidth: stateSize,
  }),
  hyperparameters: PdSsmHyperparameters,
})
export class PdSsm implements Architecture<PdSsmHyperparameters> {
  build(hyperparameters: PdSsmHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, feedForwardFactor } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers },
      {
        stateSpace: (scope) => permutingStateSpace(scope, hyperparameters),
        feedForward: (scope) => tokenwise(feedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}
