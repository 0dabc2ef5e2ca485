import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import {
  architecture,
  type Architecture,
  type ArchitectureMeta,
  type Parameters,
  type SequenceModel,
} from '../registry';
import { DeltaNetHyperparameters } from './deltanet';
import {
  deltaRule,
  gatedFeedForward,
  householders,
  initializers,
  linear,
  type ParameterScope,
  residualBlocks,
  rootMeanSquareNorm,
  tokenwise,
} from './layers';
import { grazzi2025 } from './layers/references';
import { stepSizeBias } from './mamba';

/** log alpha_t = -exp(logA) softplus(x_t W_a + b_a), as in Mamba-2: [batch, (time,) width] -> [batch, (time,) heads] */
function tokenDecay(scope: ParameterScope, width: number, heads: number) {
  const stepSize = linear(scope.child('stepSize'), width, heads, { biasInitializer: stepSizeBias });
  // A is uniform in 0..16 to start with, and not 0, whose logarithm is infinite.
  const logA = scope.declare('logA', [heads], (rng, shape) => initializers.uniform(1e-3, 16)(rng, shape).map(Math.log));
  return (parameters: Parameters, x: Tensor): Tensor => {
    const step = tf.softplus(stepSize(parameters, x));
    return tf.neg(tf.mul(step, tf.exp(logA(parameters))));
  };
}

const meta = {
  id: 'gated-deltanet',
  version: 2,
  title: 'Gated DeltaNet',
  year: 2025,
  summary: 'The delta rule on a memory that fades at a rate the token decides.',
  reference: {
    authors: 'Yang et al. 2025',
    title: 'Gated Delta Networks: Improving Mamba2 with Delta Rule',
    identifier: '2412.06464',
  },
  capabilities: { causal: true },
  theory: (hyperparameters) => householders(hyperparameters, 1),
  hyperparameters: DeltaNetHyperparameters,
} satisfies ArchitectureMeta<DeltaNetHyperparameters>;

/** Yang et al. 2025, equation 10: S_t = alpha_t S_{t-1} (I - beta_t k_t k_t^T) + beta_t v_t k_t^T */
@architecture({
  ...meta,
})
export class GatedDeltaNet implements Architecture<DeltaNetHyperparameters> {
  protected readonly largestBeta: 1 | 2 = 1;

  build(hyperparameters: DeltaNetHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor, taps } = hyperparameters;
    const options = { width, heads, kernelSize: taps, largestBeta: this.largestBeta, gated: true };
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      {
        deltaRule: (scope) =>
          deltaRule(scope, { ...options, logDecay: tokenDecay(scope.child('decay'), width, heads) }),
        feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}

@architecture({
  ...meta,
  id: 'gated-deltanet-negative',
  title: 'Gated DeltaNet, eigenvalues in (-1, 1)',
  summary: 'Gated DeltaNet with write rates up to 2, which can flip the sign of what the memory holds.',
  reference: grazzi2025(),
  variantOf: 'gated-deltanet',
  theory: (hyperparameters) => householders(hyperparameters, 2),
})
export class GatedDeltaNetNegative extends GatedDeltaNet {
  protected override readonly largestBeta = 2;
}
