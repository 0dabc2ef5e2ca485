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
  initializers,
  linear,
  type ParameterScope,
  residualBlocks,
  rootMeanSquareNorm,
  tokenwise,
} from './layers';
import { grazzi2025, lahoti2026, walker2025 } from './layers/references';
import { stepSizeBias } from './mamba';

/** log a_t = -exp(logA) softplus(x_t W_a + b_a), as in Mamba-2: [batch, (time,) width] -> [batch, (time,) heads] */
function tokenDecay(scope: ParameterScope, width: number, heads: number) {
  const stepSize = linear(scope.child('stepSize'), width, heads, { biasInitializer: stepSizeBias });
  const logA = scope.declare('logA', [heads], (rng, shape) => initializers.uniform(1, 16)(rng, shape).map(Math.log));
  return (parameters: Parameters, x: Tensor): Tensor => {
    const step = tf.softplus(stepSize(parameters, x as tf.Tensor3D));
    return tf.neg(tf.mul(step, tf.exp(logA(parameters))));
  };
}

const meta = {
  id: 'gated-deltanet',
  version: 1,
  title: 'Gated DeltaNet',
  year: 2025,
  summary: 'The delta rule on a memory that fades at a rate the token decides.',
  reference: {
    authors: 'Yang et al. 2025',
    title: 'Gated Delta Networks: Improving Mamba2 with Delta Rule',
    identifier: '2412.06464',
  },
  capabilities: { causal: true },
  hyperparameters: DeltaNetHyperparameters,
} satisfies ArchitectureMeta<DeltaNetHyperparameters>;

/** Yang et al. 2025, equation 10: S_t = a_t S_{t-1} (I - b_t k_t k_t^T) + b_t v_t k_t^T */
@architecture({
  ...meta,
  claims: [{ task: 'parity', range: 'near', atMost: 0.65, reference: walker2025('56.5 at 40..256') }],
})
export class GatedDeltaNet implements Architecture<DeltaNetHyperparameters> {
  protected readonly largestRate: 1 | 2 = 1;

  build(hyperparameters: DeltaNetHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor, taps } = hyperparameters;
    const options = { width, heads, taps, largestRate: this.largestRate, gated: true };
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
  claims: [{ task: 'parity', range: 'near', atLeast: 0.95, reference: lahoti2026('table 4b: 100.00 at 256') }],
})
export class GatedDeltaNetNegative extends GatedDeltaNet {
  protected override readonly largestRate = 2;
}
