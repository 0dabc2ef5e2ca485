import { IsInt, Max, Min } from 'class-validator';
import { architecture, type Architecture, type ArchitectureMeta, type SequenceModel } from '../registry';
import { DeltaNetHyperparameters } from './deltanet';
import { deltaRule, gatedFeedForward, residualBlocks, rootMeanSquareNorm, tokenwise } from './layers';

export class DeltaProductHyperparameters extends DeltaNetHyperparameters {
  /** Corrections of the memory per token: factors of the transition matrix. */
  @IsInt() @Min(1) @Max(8) corrections = 2;
}

const meta = {
  id: 'deltaproduct',
  version: 1,
  title: 'DeltaProduct',
  year: 2025,
  summary: 'DeltaNet with several corrections per token, so that transitions are products of Householder matrices.',
  reference: {
    authors: 'Siems et al. 2025',
    title: 'DeltaProduct: Improving State-Tracking in Linear RNNs via Householder Products',
    identifier: '2502.10297',
  },
  capabilities: { causal: true },
  hyperparameters: DeltaProductHyperparameters,
} satisfies ArchitectureMeta<DeltaProductHyperparameters>;

/** Siems et al. 2025, section 3: H_0 = S_{t-1}, H_j = (I - b_j k_j k_j^T) H_{j-1} + b_j k_j v_j^T, S_t = H_n */
@architecture(meta)
export class DeltaProduct implements Architecture<DeltaProductHyperparameters> {
  protected readonly largestRate: 1 | 2 = 1;

  build(hyperparameters: DeltaProductHyperparameters, vocabularySize: number): SequenceModel {
    const { layers, width, heads, feedForwardFactor, taps, corrections } = hyperparameters;
    return residualBlocks(
      { vocabularySize, width, layers, norm: rootMeanSquareNorm },
      {
        deltaRule: (scope) => deltaRule(scope, { width, heads, taps, corrections, largestRate: this.largestRate }),
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
})
export class DeltaProductNegative extends DeltaProduct {
  protected override readonly largestRate = 2;
}
