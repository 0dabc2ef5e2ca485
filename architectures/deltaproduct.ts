import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type ArchitectureMeta, type SequenceModel } from '../registry';
import { DeltaNetHyperparameters } from './deltanet';
import { deltaRule, gatedFeedForward, householders, residualBlocks, rootMeanSquareNorm, tokenwise } from './layers';

export class DeltaProductHyperparameters extends DeltaNetHyperparameters {
  /** n_h: Householder factors of the transition matrix per token, each a correction of the memory. */
  @IsInt() @Min(1) @Max(8) corrections = 2;
}

const meta = {
  id: 'deltaproduct',
  version: 2,
  title: 'DeltaProduct',
  year: 2025,
  summary: 'DeltaNet with several corrections per token, so that transitions are products of Householder matrices.',
  reference: {
    authors: 'Siems et al. 2025',
    title: 'DeltaProduct: Improving State-Tracking in Linear RNNs via Householder Products',
    identifier: '2502.10297',
  },
  capabilities: { causal: true },
  theory: (hyperparameters) => householders(hyperparameters, 1, hyperparameters.corrections),
  hyperparameters: DeltaProductHyperparameters,
} satisfies ArchitectureMeta<DeltaProductHyperparameters>;

/**
 * Siems et al. 2025, section 3: n_h steps of the delta rule per token, so that the transition is a product of Householder
 * matrices (the paper's S is the transpose of this one):
 *   H_0 = S_{t-1},  H_j = H_{j-1} (I - beta_j k_j k_j^T) + beta_j v_j k_j^T,  S_t = H_{n_h}
 */
@architecture(meta)
export class DeltaProduct implements Architecture<DeltaProductHyperparameters> {
  protected readonly largestBeta: 1 | 2 = 1;

  build(hyperparameters: DeltaProductHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor, taps, corrections } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      {
        deltaRule: (scope) =>
          deltaRule(scope, { width, heads, kernelSize: taps, factors: corrections, largestBeta: this.largestBeta }),
        feedForward: (scope) => tokenwise(gatedFeedForward(scope, width, feedForwardFactor * width)),
      },
    );
  }
}

@architecture({
  ...meta,
  id: 'deltaproduct-negative',
  title: 'DeltaProduct, eigenvalues in (-1, 1)',
  summary:
    'DeltaProduct with write rates up to 2: two corrections make any rotation of a plane, n any of n reflections.',
  variantOf: 'deltaproduct',
  theory: (hyperparameters) => householders(hyperparameters, 2, hyperparameters.corrections),
})
export class DeltaProductNegative extends DeltaProduct {
  protected override readonly largestBeta = 2;
}
