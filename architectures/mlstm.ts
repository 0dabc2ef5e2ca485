import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type SequenceModel } from '../registry';
import {
  allToChunks,
  BlockHyperparameters,
  causalMask,
  chunkLength,
  each,
  fromChunks,
  fromHeads,
  gatedUpdate,
  groupNorm,
  initializers,
  linear,
  logSigmoid,
  MultipleOf,
  type ParameterScope,
  recurrence,
  residualBlocks,
  type SequenceLayer,
  shortConvolution,
  shapeOf,
  silu,
  split,
  statesBefore,
  toChunks,
  toHeads,
  vecMat,
} from './layers';
import { beck2024 } from './layers/references';
import { nothingYet } from './slstm';

export class MLstmHyperparameters extends BlockHyperparameters {
  @MultipleOf('heads') declare width: number;
  @IsInt() @Min(1) @Max(64) heads = 4;
  /** Inner channels as a multiple of `width`. */
  @IsInt() @Min(1) @Max(8) expansion = 2;
  /** Kernel size of the short convolution, in tokens. */
  @IsInt() @Min(2) @Max(16) taps = 4;

  static override readonly tiny = { width: 8, heads: 2 };
}

/**
 * mLSTM (Beck et al. 2024, equations 19 to 27), gates of the token alone. Per head, i and f scalars:
 *   C_t = sigmoid(f) C_{t-1} + exp(i) k_t v_t^T
 *   n_t = sigmoid(f) n_{t-1} + exp(i) k_t
 *   h_t = q_t C_t / max(|q_t . n_t|, 1)
 * C and n are kept divided by exp(m), m_t = max(log sigmoid(f) + m_{t-1}, i). In parallel (appendix A), with
 * D_ts = i_s + sum_{s < r <= t} log sigmoid(f_r) and m_t its largest entry:
 *   W = (Q K^T) * exp(D - m),  h_t = W_t V / max(|sum_s W_ts|, exp(-m_t))
 * Around it: queries and keys pass a short convolution and silu, heads a layer norm each, the output a gate silu(z).
 */
export function matrixMemory(
  scope: ParameterScope,
  hyperparameters: Omit<MLstmHyperparameters, 'layers'>,
): SequenceLayer {
  const { width, heads, expansion, taps } = hyperparameters;
  const inner = expansion * width;
  const headWidth = inner / heads;
  const plain = (name: string, inputs: number, outputs: number) =>
    linear(scope.child(name), inputs, outputs, { bias: false });
  const { blocks, normal, perChannel, zeros } = initializers;
  const forgetBias = perChannel((head, count) => 3 + (3 * head) / Math.max(1, count - 1)); // nearly open

  const project = plain('up', width, inner);
  const convolution = shortConvolution(scope.child('convolution'), inner, taps);
  const queryKey = plain('queryKey', inner, 2 * inner);
  const value = plain('value', inner, inner);
  const gates = linear(scope.child('gates'), 3 * inner, 2 * heads, {
    initializer: zeros, // so that gates start the same for every token
    biasInitializer: blocks([heads, normal(0.1)], [heads, forgetBias]),
  });
  const norm = groupNorm(scope.child('headNorm'), heads, headWidth, { bias: false });
  const skip = scope.declare('skip', [inner], initializers.ones);
  const outputGate = plain('outputGate', width, inner);
  const output = plain('down', inner, width);

  return recurrence({
    project,
    window: { size: taps - 1, width: inner },
    inputs: (parameters, { projected, earlier }) => {
      const convolved = silu(convolution(parameters, projected, earlier));
      const mapped = queryKey(parameters, convolved);
      const v = value(parameters, projected);
      const [input, forget] = split(gates(parameters, tf.concat([mapped, v], -1)), 2);
      const [q, k] = each(split(mapped, 2), (part) => toHeads(part, heads));
      const direct = toHeads(tf.mul(skip(parameters), convolved), heads);
      return [tf.mul(q, headWidth ** -0.5), k, toHeads(v, heads), input, logSigmoid(forget), direct];
    },
    initialState: (batch) => ({
      memory: tf.zeros([batch, heads, headWidth, headWidth]),
      normalizer: tf.zeros([batch, heads, headWidth]),
      largest: tf.fill([batch, heads], nothingYet),
    }),
    update: (parameters, state, [q, k, v, input, logForget, direct]) => {
      const decayed = tf.add(logForget, state.largest); // [batch, heads]
      const largest = tf.maximum(decayed, input); // m_t
      const keep = tf.expandDims(tf.exp(tf.sub(decayed, largest)), 2);
      const key = tf.mul(tf.expandDims(tf.exp(tf.sub(input, largest)), 2), k);
      const memory = gatedUpdate(state.memory, keep, key, v);
      const normalizer = tf.add(tf.mul(keep, state.normalizer), key);
      const total = tf.abs(tf.sum(tf.mul(q, normalizer), 2, true));
      const hidden = tf.div(vecMat(q, memory), tf.maximum(total, tf.expandDims(leastNorm(largest), 2)));
      return { state: { memory, normalizer, largest }, output: tf.add(norm(parameters, hidden), direct) };
    },
    parallel: (parameters, [q, k, v, input, logForget, direct]) => {
      const hidden = chunkwiseMlstm(q, k, v, input, logForget);
      return tf.add(norm(parameters, hidden), direct);
    },
    output: (parameters, hidden, x) =>
      output(parameters, tf.mul(fromHeads(hidden, x), silu(outputGate(parameters, x)))),
  });
}

/** exp(-m), kept finite: gates that let almost nothing in would overflow it, and its gradient be infinity times zero. */
const leastNorm = (largest: Tensor): Tensor => tf.exp(tf.minimum(tf.neg(largest), 80));

/** Tokens in one chunk. */
const chunkSize = 64;

/**
 * The chunkwise parallel form: q, k, v [batch, time, heads, headWidth], gates [batch, time, heads] -> [batch, time, heads,
 * headWidth]. The normaliser n is the memory of a value that is always 1, so it is kept as one more value.
 */
function chunkwiseMlstm(query: Tensor, key: Tensor, value: Tensor, input: Tensor, logForget: Tensor): Tensor {
  const [batch, time, heads, headWidth] = shapeOf(query);
  const length = chunkLength(time, chunkSize);
  const inChunks = (gate: Tensor) => tf.squeeze(toChunks(tf.expandDims(gate, 3), length), [4]);
  const [i, f] = [inChunks(input), inChunks(logForget)]; // [chunks, batch, heads, length]
  const [q, k, v] = allToChunks([query, key, value], length);
  const values = tf.concat([v, tf.onesLike(tf.slice(v, [0, 0, 0, 0, 0], [-1, -1, -1, -1, 1]))], 4);
  const total = tf.cumsum(f, 3);
  const mask = causalMask(length);
  const between = tf.add(tf.sub(tf.expandDims(total, 4), tf.expandDims(total, 3)), tf.expandDims(i, 3));
  const exponent = tf.add(tf.mul(between, mask), tf.mul(tf.sub(1, mask), nothingYet)); // D
  const within = tf.max(exponent, 4);

  const last = tf.slice(total, [0, 0, 0, length - 1], [-1, -1, -1, 1]);
  const untilEnd = tf.add(tf.sub(last, total), i);
  const before = largestBefore(tf.fill([batch, heads, 1], nothingYet), last, tf.max(untilEnd, 3, true)); // m at the start
  const reach = tf.add(before, total);
  const largest = tf.maximum(within, reach); // m: [chunks, batch, heads, length]
  const scaled = (x: Tensor, log: Tensor) => tf.mul(x, tf.expandDims(tf.exp(log), 4));
  const weight = tf.mul(tf.matMul(q, k, false, true), tf.exp(tf.sub(exponent, tf.expandDims(largest, 4))));
  let sums = tf.matMul(weight, values);
  if (length < time) {
    const after = tf.maximum(tf.add(before, last), tf.max(untilEnd, 3, true)); // m at the end
    const written = tf.matMul(scaled(k, tf.sub(untilEnd, after)), values, true, false);
    const kept = tf.unstack(tf.expandDims(tf.exp(tf.sub(tf.add(before, last), after)), 4)); // [batch, heads, 1, 1] each
    const states = statesBefore(written, (state, chunk) => tf.mul(kept[chunk]!, state));
    sums = tf.add(sums, tf.matMul(scaled(q, tf.sub(reach, largest)), states));
  }
  const [numerator, weights] = split(sums, [headWidth, 1], 4);
  const norm = tf.maximum(tf.abs(weights), tf.expandDims(leastNorm(largest), 4));
  return fromChunks(tf.div(numerator, norm), time);
}

/** m before every chunk: m := max(m + log decay, the largest exponent written); [chunks, batch, heads, 1] */
function largestBefore(start: Tensor, decays: Tensor, written: Tensor): Tensor {
  if (decays.shape[0] === 1) return tf.expandDims(start, 0);
  const [decay, write] = [tf.unstack(decays), tf.unstack(written)];
  const largest = [start];
  decay.slice(0, -1).forEach((by, chunk) => largest.push(tf.maximum(tf.add(largest[chunk]!, by), write[chunk]!)));
  return tf.stack(largest);
}

@architecture({
  id: 'mlstm',
  otherNames: [{ name: 'xLSTM[1:0]', source: 'xLSTM (Beck et al. 2024)' }],
  version: 2,
  title: 'mLSTM',
  year: 2024,
  summary: 'An LSTM with a matrix for a cell and gates of the token alone: linear attention with exponential gates.',
  reference: beck2024(),
  capabilities: { causal: true },
  theory: { counts: true },
  hyperparameters: MLstmHyperparameters,
})
export class MLstm implements Architecture<MLstmHyperparameters> {
  build(hyperparameters: MLstmHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers },
      { memory: (scope) => matrixMemory(scope, hyperparameters) },
    );
  }
}
