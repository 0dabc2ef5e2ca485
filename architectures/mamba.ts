import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Initializer,
  type Parameters,
  type SequenceModel,
} from '../registry';
import {
  BlockHyperparameters,
  initializers,
  linear,
  type ParameterScope,
  recurrence,
  residualBlocks,
  rootMeanSquareNorm,
  type SequenceLayer,
  shortConvolution,
  silu,
  split,
  withGradient,
} from './layers';
import { grazzi2025 } from './layers/references';

export class MambaHyperparameters extends BlockHyperparameters {
  /** Inner channels as a multiple of `width`. */
  @IsInt() @Min(1) @Max(8) expansion = 2;
  /** State numbers per inner channel. */
  @IsInt() @Min(1) @Max(256) stateSize = 16;
  /** Kernel size of the short convolution, in tokens. */
  @IsInt() @Min(1) @Max(16) taps = 4;

  static override readonly tiny = { width: 8, stateSize: 4 };
}

/** Bias b with softplus(b) log-uniform in 0.001..0.1: how long a step of the continuous system is at the start. */
export const stepSizeBias: Initializer = (rng, shape) =>
  initializers
    .uniform(Math.log(1e-3), Math.log(1e-1))(rng, shape)
    .map((log) => Math.log(Math.expm1(Math.exp(log))));

/** The transition of a step applied to the state, from its exponent D A < 0. */
type Transition = (exponent: Tensor, state: Tensor) => Tensor;

/** exp(x) h. With q = exp(x) dy the gradients are q h and q: cheaper than those of the exponential and the product. */
const decay: Transition = withGradient(
  (exponent: Tensor, state: Tensor) => {
    const factor = tf.exp(exponent);
    return { value: tf.mul(factor, state), kept: { factor, state } };
  },
  (gradient, { factor, state }) => {
    const q = tf.mul(gradient, factor);
    return [tf.mul(q, state), q];
  },
);

/**
 * Selective state space (Gu and Dao 2023, algorithm 2), A < 0 diagonal, per inner channel with N = stateSize numbers:
 *   u_t = silu(convolution(x_t W_u)),  [d_t, B_t, C_t] = u_t W_x,  D_t = softplus(d_t W_d + b_d)
 *   h_t = exp(D_t A) * h_{t-1} + D_t u_t B_t
 *   y_t = h_t C_t + skip * u_t
 *   o_t = (y_t * silu(x_t W_z)) W_o
 */
function selectiveStateSpace(
  scope: ParameterScope,
  { width, expansion, stateSize, taps }: MambaHyperparameters,
  transition: Transition,
): SequenceLayer {
  const inner = expansion * width;
  const rank = Math.ceil(width / 16);
  const plain = (name: string, inputs: number, outputs: number) =>
    linear(scope.child(name), inputs, outputs, { bias: false });
  const project = plain('input', width, inner);
  const convolution = shortConvolution(scope.child('convolution'), inner, taps);
  const select = plain('select', inner, rank + 2 * stateSize);
  const stepSize = linear(scope.child('stepSize'), rank, inner, { biasInitializer: stepSizeBias });
  // A_n = -n to start with (S4D-real)
  const logA = scope.declare(
    'logA',
    [inner, stateSize],
    initializers.perChannel((n) => Math.log(n + 1)),
    { weightDecay: false },
  );
  const skip = scope.declare('skip', [inner], initializers.ones);
  const gate = plain('gate', width, inner);
  const output = plain('output', inner, width);
  /** -A; channels come last, because the engine is faster along long dimensions than along short ones. */
  const rates = (parameters: Parameters) => tf.exp(tf.transpose(logA(parameters))); // [stateSize, inner]
  return recurrence({
    project,
    window: { size: taps - 1, width: inner },
    inputs: (parameters, { projected, earlier }) => {
      const u = silu(convolution(parameters, projected, earlier));
      const [low, b, c] = split(select(parameters, u), [rank, stateSize, stateSize]);
      const step = tf.softplus(stepSize(parameters, low));
      const direct = tf.mul(skip(parameters), u);
      return [tf.neg(step), tf.mul(step, u), b, c, direct];
    },
    initialState: (batch) => ({ hidden: tf.zeros([batch, stateSize, inner]) }),
    update: (parameters, state, [negativeStep, written, b, c, direct]) => {
      const exponent = tf.mul(tf.expandDims(negativeStep, 1), rates(parameters)); // [batch, stateSize, inner]
      const hidden = tf.add(transition(exponent, state.hidden), tf.mul(tf.expandDims(b, 2), tf.expandDims(written, 1)));
      const readOut = tf.sum(tf.mul(hidden, tf.expandDims(c, 2)), 1); // [batch, inner]
      return { state: { hidden }, output: tf.add(readOut, direct) };
    },
    output: (parameters, y, x) => output(parameters, tf.mul(y, silu(gate(parameters, x)))),
  });
}

const meta = {
  id: 'mamba',
  version: 2,
  title: 'Mamba',
  year: 2023,
  summary: 'A diagonal state space whose step size, input and output are functions of the token.',
  reference: {
    authors: 'Gu and Dao 2023',
    title: 'Mamba: Linear-Time Sequence Modeling with Selective State Spaces',
    identifier: '2312.00752',
  },
  capabilities: { causal: true },
  theory: { counts: true },
  hyperparameters: MambaHyperparameters,
} satisfies ArchitectureMeta<MambaHyperparameters>;

@architecture({
  ...meta,
})
export class Mamba implements Architecture<MambaHyperparameters> {
  /** exp(D A), in (0, 1) */
  protected readonly transition: Transition = decay;

  build(hyperparameters: MambaHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      { mixer: (scope) => selectiveStateSpace(scope, hyperparameters, this.transition) },
    );
  }
}

@architecture({
  ...meta,
  id: 'mamba-negative',
  title: 'Mamba, eigenvalues in (-1, 1)',
  year: 2025,
  summary: 'Mamba with transitions 2 exp(D A) - 1, which can flip the sign of the state.',
  reference: grazzi2025(),
  variantOf: 'mamba',
  theory: { counts: true, leastEigenvalue: -1 },
})
export class MambaNegative extends Mamba {
  /** 2 exp(D A) - 1, in (-1, 1) */
  protected override readonly transition: Transition = (exponent, state) =>
    tf.sub(tf.mul(2, decay(exponent, state)), state);
}
