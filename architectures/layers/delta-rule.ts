import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { DeclaredRow, Parameters } from '../../registry';
import { silu } from './activations';
import { chunkwiseDeltaRule } from './chunkwise-delta-rule';
import { fromHeads, matVec, outer, toHeads } from './heads';
import { linear } from './linear';
import { headNorm, unitLength } from './normalization';
import type { ParameterScope } from './parameters';
import { recurrence } from './recurrence';
import type { SequenceLayer } from './sequence-layer';
import { shortConvolution } from './short-convolution';
import { each, split } from './tensors';

/** How a layer of the delta rule is built. */
export interface DeltaRuleOptions {
  readonly width: number;
  readonly heads: number;
  /** Kernel size of the short convolutions, in tokens. */
  readonly kernelSize: number;
  /** beta is in (0, largestBeta): 1 keeps eigenvalues of transitions in (0, 1), 2 lets them reach -1. */
  readonly largestBeta: 1 | 2;
  /** Householder factors per token. Default: 1. */
  readonly factors?: number;
  /** Log of the decay of the memory before a token is written, [batch, (time,) heads], as a function of the token. */
  readonly logDecay?: (parameters: Parameters, x: Tensor) => Tensor;
  /** Whether the output is gated by silu(x W_g). Default: no. */
  readonly gated?: boolean;
}

/**
 * What a delta rule with that many factors per token is to theory. One generalised Householder matrix is symmetric; two with
 * beta <= 1 have real eigenvalues in [0, 1] (Grazzi et al. 2025, proposition 1), more or with beta up to 2 may turn a plane.
 */
export const householders = (
  { width, heads }: { readonly width: number; readonly heads: number },
  largestBeta: 1 | 2,
  factors = 1,
): DeclaredRow => ({
  transitionForm: 'householder',
  factors,
  headWidth: width / heads,
  realEigenvalues: factors <= 2 / largestBeta ? true : largestBeta === 2 ? false : null,
  leastEigenvalue: largestBeta === 2 ? -1 : factors <= 2 ? 0 : null,
});

/**
 * S (I - beta k k^T) + beta v k^T = S + beta (v - S k) k^T: what the memory holds for the key moves towards the value.
 * memory [batch, heads, valueWidth, keyWidth], key and value [batch, heads, width], beta [batch, heads, 1]
 */
export const deltaUpdate = (memory: Tensor, key: Tensor, value: Tensor, beta: Tensor): Tensor =>
  tf.add(memory, outer(tf.mul(beta, tf.sub(value, matVec(memory, key))), key));

/**
 * The delta rule as a layer (Yang et al. 2024, section 3; several factors per token: Siems et al. 2025, section 3).
 * S is value x key, and keys have length one. Per head and token, from S = alpha_t S_{t-1} (Yang et al. 2025, equation 10;
 * alpha_t = 1 if there is no decay), for every Householder factor j:
 *   S := S (I - beta_j k_j k_j^T) + beta_j v_j k_j^T,   beta_j = largestBeta sigmoid(x_t W_beta)
 *   o_t = norm(S_t q_t / sqrt(headWidth)) W_o
 * Queries, keys and values pass a short convolution and silu.
 */
export function deltaRule(
  scope: ParameterScope,
  { width, heads, kernelSize, largestBeta, factors = 1, logDecay, gated = false }: DeltaRuleOptions,
): SequenceLayer {
  const headWidth = width / heads;
  const projectedWidth = (1 + 2 * factors) * width;
  const plain = (name: string, outputs: number) => linear(scope.child(name), width, outputs, { bias: false });
  const project = plain('queryKeyValue', projectedWidth);
  const convolution = shortConvolution(scope.child('convolution'), projectedWidth, kernelSize, { bias: false });
  const toBeta = plain('rate', factors * heads);
  const norm = headNorm(scope.child('headNorm'), headWidth);
  const gate = gated ? plain('gate', width) : undefined;
  const output = plain('output', width);

  /** The inputs of the update by name, from the list that `inputs` gives. */
  const named = ([query, ...rest]: Tensor[]) => {
    const [keys, values, betas] = each([0, 1, 2], (kind) => rest.slice(kind * factors, (kind + 1) * factors));
    return { query: query!, keys, values, betas, logDecay: rest[3 * factors] };
  };
  return recurrence({
    project,
    window: { size: kernelSize - 1, width: projectedWidth },
    inputs: (parameters, { x, projected, earlier }): Tensor[] => {
      const mixed = silu(convolution(parameters, projected, earlier));
      const [query, ...keysAndValues] = tf.split(mixed, 1 + 2 * factors, -1).map((part) => toHeads(part, heads));
      const keys = each(keysAndValues.slice(0, factors), unitLength);
      const values = keysAndValues.slice(factors);
      const betas = split(tf.mul(tf.sigmoid(toBeta(parameters, x)), largestBeta), factors);
      return [
        tf.mul(unitLength(query!), headWidth ** -0.5),
        ...keys,
        ...values,
        ...betas.map((beta) => tf.expandDims(beta, -1)), // [batch, (time,) heads, 1] each
        ...(logDecay ? [tf.expandDims(logDecay(parameters, x), -1)] : []),
      ];
    },
    initialState: (batch) => ({ memory: tf.zeros([batch, heads, headWidth, headWidth]) }),
    update: (_, { memory }, given) => {
      const { query, keys, values, betas, logDecay: log } = named(given); // [batch, heads, ...]
      const faded = log ? tf.mul(memory, tf.expandDims(tf.exp(log), -1)) : memory;
      const next = keys.reduce((s, key, j) => deltaUpdate(s, key, values[j]!, betas[j]!), faded);
      return { state: { memory: next }, output: matVec(next, query) };
    },
    parallel: (_, given) => chunkwiseDeltaRule(named(given)),
    output: (parameters, mixed, x) => {
      const normal = fromHeads(norm(parameters, mixed), x);
      return output(parameters, gate ? tf.mul(normal, silu(gate(parameters, x))) : normal);
    },
  });
}
