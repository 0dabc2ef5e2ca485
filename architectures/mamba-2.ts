import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  BlockHyperparameters,
  chunkwiseScalarGla,
  fromHeads,
  gatedUpdate,
  initializers,
  linear,
  MultipleOf,
  type ParameterScope,
  recurrence,
  residualBlocks,
  rootMeanSquareNorm,
  type SequenceLayer,
  shortConvolution,
  silu,
  split,
  toHeads,
  vecMat,
} from './layers';
import { stepSizeBias } from './mamba';

export class Mamba2Hyperparameters extends BlockHyperparameters {
  @MultipleOf('heads') declare width: number;
  @IsInt() @Min(1) @Max(64) heads = 4;
  /** Inner channels as a multiple of `width`. */
  @IsInt() @Min(1) @Max(8) expansion = 2;
  /** Key width of the memory of every head. */
  @IsInt() @Min(1) @Max(256) stateSize = 32;
  /** Kernel size of the short convolution, in tokens. */
  @IsInt() @Min(1) @Max(16) taps = 4;

  static override readonly tiny = { width: 8, heads: 2, stateSize: 4 };
}

/**
 * State space duality (Dao and Gu 2024, sections 3 and 7): a state space with one decay per head is linear attention
 * with a mask of decays.
 *   [u_t, B_t, C_t] = silu(convolution(x_t W)),  D_t = softplus(x_t W_d + b_d),  a_t = exp(-D_t exp(logA))
 *   S_t = a_t S_{t-1} + D_t B_t^T u_t            S: [stateSize, inner / heads] per head; B and C shared by all heads
 *   y_t = C_t S_t + skip * u_t
 *   o_t = norm(y_t * silu(x_t W_z)) W_o
 */
function stateSpaceDual(scope: ParameterScope, hyperparameters: Mamba2Hyperparameters): SequenceLayer {
  const { width, heads, expansion, stateSize, taps } = hyperparameters;
  const inner = expansion * width;
  const projectedWidth = inner + 2 * stateSize;
  const plain = (name: string, inputs: number, outputs: number) =>
    linear(scope.child(name), inputs, outputs, { bias: false });
  const project = plain('input', width, projectedWidth);
  const convolution = shortConvolution(scope.child('convolution'), projectedWidth, taps);
  const stepSize = linear(scope.child('stepSize'), width, heads, { biasInitializer: stepSizeBias });
  const logA = scope.declare('logA', [heads], (rng, shape) => initializers.uniform(1, 16)(rng, shape).map(Math.log));
  const skip = scope.declare('skip', [heads, 1], initializers.ones, { weightDecay: false });
  const norm = rootMeanSquareNorm(scope.child('outputNorm'), inner);
  const gate = plain('gate', width, inner);
  const output = plain('output', inner, width);
  /** The same for all heads: [batch, (time,) stateSize] -> [batch, (time,) heads, stateSize] */
  const shared = (x: Tensor) => {
    const reps = x.shape.map(() => 1);
    return tf.tile(tf.expandDims(x, -2), [...reps.slice(0, -1), heads, 1]);
  };
  return recurrence({
    project,
    window: { size: taps - 1, width: projectedWidth },
    inputs: (parameters, { x, projected, earlier }) => {
      const mixed = silu(convolution(parameters, projected, earlier));
      const [u, b, c] = split(mixed, [inner, stateSize, stateSize]);
      const step = tf.softplus(stepSize(parameters, x)); // [batch, (time,) heads]
      const value = toHeads(u, heads);
      const written = tf.mul(value, tf.expandDims(step, -1));
      const logDecay = tf.neg(tf.mul(step, tf.exp(logA(parameters))));
      return [shared(c), shared(b), written, logDecay, tf.mul(skip(parameters), value)];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, stateSize, inner / heads]) }),
    update: (_, state, [query, key, value, logDecay, direct]) => {
      const memory = gatedUpdate(state.memory, tf.expandDims(tf.exp(logDecay), -1), key, value);
      return { state: { memory }, output: tf.add(vecMat(query, memory), direct) };
    },
    parallel: (_, [query, key, value, logDecay, direct]) =>
      tf.add(chunkwiseScalarGla(query, key, value, logDecay), direct),
    output: (parameters, y, x) =>
      output(parameters, norm(parameters, tf.mul(fromHeads(y, x), silu(gate(parameters, x))))),
  });
}

@architecture({
  id: 'mamba-2',
  version: 2,
  title: 'Mamba-2',
  year: 2024,
  summary: 'A selective state space with a single decay per head, which makes it linear attention with a fading mask.',
  reference: {
    authors: 'Dao and Gu 2024',
    title: 'Transformers are SSMs: Generalized Models and Efficient Algorithms Through Structured State Space Duality',
    identifier: '2405.21060',
  },
  capabilities: { causal: true },
  theory: { counts: true },
  hyperparameters: Mamba2Hyperparameters,
})
export class Mamba2 implements Architecture<Mamba2Hyperparameters> {
  build(hyperparameters: Mamba2Hyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      { mixer: (scope) => stateSpaceDual(scope, hyperparameters) },
    );
  }
}
