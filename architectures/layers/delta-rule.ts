import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from '../../registry';
import { chunkedDeltaRule } from './chunked-delta-rule';
import { fromHeads, read, toHeads } from './heads';
import { linear } from './linear';
import { correct } from './matrix-memory';
import { headNorm, unitLength } from './normalization';
import type { ParameterScope } from './parameters';
import { silu } from './activations';
import { recurrence, type Seen } from './recurrence';
import { equalParts } from './scan';
import type { SequenceLayer } from './sequence-layer';
import { shortConvolution } from './short-convolution';

export interface DeltaRuleOptions {
  readonly width: number;
  readonly heads: number;
  /** Tokens that the short convolutions see. */
  readonly taps: number;
  /** The write rate is in (0, largestRate): 1 keeps eigenvalues in (0, 1), 2 lets them reach -1. */
  readonly largestRate: 1 | 2;
  /** Corrections per token. */
  readonly corrections?: number;
  /** Log of the decay of the memory before a token is written, [batch, (time,) heads], as a function of the token. */
  readonly logDecay?: (parameters: Parameters, x: Tensor) => Tensor;
  /** Whether what is read is gated by silu(x W_g). */
  readonly gated?: boolean;
}

/**
 * Memories that are corrected rather than added to. Keys have length one; per head and token, for every correction j:
 *   S := a_t S                                       (once per token, if there is a decay)
 *   S := S + b_j k_j (v_j - S^T k_j)^T = (I - b_j k_j k_j^T) S + b_j k_j v_j^T
 *   o_t = norm(q_t S / sqrt(headWidth)) W_o
 * Queries, keys and values pass a short convolution and silu; rates are b = largestRate sigmoid(x_t W_b).
 */
export function deltaRule(
  scope: ParameterScope,
  { width, heads, taps, largestRate, corrections = 1, logDecay, gated = false }: DeltaRuleOptions,
): SequenceLayer {
  const headWidth = width / heads;
  const projectedWidth = (1 + 2 * corrections) * width;
  const plain = (name: string, outputs: number) => linear(scope.child(name), width, outputs, { bias: false });
  const project = plain('queryKeyValue', projectedWidth);
  const convolution = shortConvolution(scope.child('convolution'), projectedWidth, taps);
  const rate = plain('rate', corrections * heads);
  const norm = headNorm(scope.child('headNorm'), headWidth);
  const gate = gated ? plain('gate', width) : undefined;
  const output = plain('output', width);

  const inputs = (parameters: Parameters, { x, projected, earlier }: Seen<never>): Tensor[] => {
    const mixed = silu(convolution(parameters, projected, earlier)) as Tensor;
    const [query, ...keysAndValues] = tf.split(mixed, 1 + 2 * corrections, -1).map((part) => toHeads(part, heads));
    const keys = keysAndValues.slice(0, corrections).map(unitLength);
    const values = keysAndValues.slice(corrections);
    const allRates = tf.mul(tf.sigmoid(rate(parameters, x) as Tensor), largestRate);
    const rates = equalParts(allRates, corrections);
    const scaled = tf.mul(unitLength(query!), headWidth ** -0.5);
    return [
      scaled,
      ...keys,
      ...values,
      ...rates.map((each) => tf.expandDims(each, -1)), // [batch, (time,) heads, 1] each
      ...(logDecay ? [tf.expandDims(logDecay(parameters, x), -1)] : []),
    ];
  };
  /** As `inputs` gives them, sorted. */
  const sorted = ([query, ...rest]: Tensor[]) => {
    const [keys, values, rates] = [0, 1, 2].map((kind) => rest.slice(kind * corrections, (kind + 1) * corrections));
    return { query: query!, keys: keys!, values: values!, rates: rates!, logDecay: rest[3 * corrections] };
  };
  return recurrence({
    project,
    window: { size: taps - 1, width: projectedWidth },
    inputs: (parameters, seen) => inputs(parameters, seen as unknown as Seen<never>),
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }),
    update: (_, state, given) => {
      const { query, keys, values, rates, logDecay: log } = sorted(given); // [batch, heads, ...]
      let memory = log ? tf.mul(state.memory!, tf.expandDims(tf.exp(log), -1)) : state.memory!;
      keys.forEach((key, j) => (memory = correct(memory, key, values[j]!, rates[j]!)));
      return { state: { memory }, output: read(query, memory) };
    },
    parallel: (_, given) => chunkedDeltaRule(sorted(given)),
    output: (parameters, mixed, x) => {
      const normal = fromHeads(norm(parameters, mixed), x);
      return output(parameters, gate ? tf.mul(normal, silu(gate(parameters, x))) : normal);
    },
  });
}
